using System.Text.RegularExpressions;

namespace PodEip.Claims.Nodes;

/// <summary>By what a Node's machine is looked for in the cloud.</summary>
/// <param name="InstanceId">The CVM's id, from the provider id or the name; null when neither has it.</param>
/// <param name="PrivateIp">Its internal IPv4, or its name when that is one; null for none.</param>
public sealed partial record NodeIdentity(string? InstanceId, string? PrivateIp)
{
    /// <summary>
    /// Reads a Node. A provider id ends with the CVM's id (<c>qcloud:///800002/ins-…</c>); TKE names Nodes by their internal IP; Nodes
    /// that were joined by hand may have neither, or the provider id of another tool, and are looked for by internal IP.
    /// </summary>
    public static NodeIdentity Of(string name, string? providerId, string? internalIp) =>
        new(IdIn(providerId?[(providerId.LastIndexOf('/') + 1)..]) ?? IdIn(name), internalIp ?? (IpForm().IsMatch(name) ? name : null));

    private static string? IdIn(string? text) => text is not null && IdForm().IsMatch(text) ? text : null;

    [GeneratedRegex(@"\Ains-[a-z0-9]{1,32}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdForm();

    [GeneratedRegex(@"\A(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IpForm();
}
