namespace PodEip.CloudSim.Model;

/// <summary>Shapes of ids.</summary>
internal static class ResourceIds
{
    /// <summary>A prefix and lower-case letters and digits. Shorter than the cloud's eight, so that documentation ids such as <c>eip-xxx1</c> work.</summary>
    public static bool IsWellFormed(string id, string prefix)
    {
        if (!id.StartsWith(prefix, StringComparison.Ordinal) || id.Length == prefix.Length || id.Length > 40)
        {
            return false;
        }

        foreach (var c in id.AsSpan(prefix.Length))
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    public static void RequireAddress(string id)
    {
        if (!IsWellFormed(id, "eip-"))
        {
            throw new CloudFault("InvalidParameterValue.AddressIdMalformed", $"`{id}` is no address id; one looks like `eip-11112222`.");
        }
    }

    public static void RequireEni(string id)
    {
        if (!IsWellFormed(id, "eni-"))
        {
            throw new CloudFault("InvalidParameterValue.Malformed", $"`{id}` is no ENI id; one looks like `eni-11112222`.");
        }
    }
}
