namespace PodEip.CloudSim.Model;

/// <summary>A six-segment resource name: <c>qcs::vpc:REGION:uin/UIN:eip/ID</c>; an empty uin stands for the caller's own.</summary>
internal sealed record ResourceName(string Service, string Prefix, string Id)
{
    public static ResourceName Parse(string text, string region, string uin)
    {
        var parts = text.Split(':');
        var id = parts.Length == 6 ? parts[5].Split('/') : [];
        if (id.Length != 2 || id.Any(p => p.Length == 0) || parts[0] != "qcs" || parts[3] != region || (parts[4] != "uin/" && parts[4] != $"uin/{uin}"))
        {
            throw new CloudFault("InvalidParameterValue.ResourceDescriptionError", $"`{text}` is no resource of this account; one looks like `qcs::vpc:{region}:uin/:eip/eip-11112222`.");
        }

        return (parts[2], id[0]) is ("vpc", "eip") or ("vpc", "eni") or ("cvm", "instance")
            ? new ResourceName(parts[2], id[0], id[1])
            : throw new CloudFault("InvalidParameter.UnsupportedService", $"`{parts[2]}` with `{id[0]}` cannot be tagged here.");
    }
}
