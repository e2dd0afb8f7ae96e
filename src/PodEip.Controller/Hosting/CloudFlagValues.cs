using System.Text.RegularExpressions;
using PodEip.Api;

namespace PodEip.Controller.Hosting;

/// <summary>Readers of flag values that name things of the cloud. Each refusal names the value and what is allowed.</summary>
internal static partial class CloudFlagValues
{
    public static Parsed<string> ClusterId(string text) => ClusterIdForm().IsMatch(text)
        ? text
        : new Refusal($"{Quoted.Value(text)}: want at most 40 lower-case letters, digits and dashes, a letter or digit at both ends, such as cls-abcdefgh");

    public static Parsed<string> Region(string text) => RegionForm().IsMatch(text) ? text : new Refusal($"{Quoted.Value(text)}: want a region such as ap-guangzhou");

    public static Parsed<string> VpcId(string text) => VpcForm().IsMatch(text) ? text : new Refusal($"{Quoted.Value(text)}: want the id of a VPC such as vpc-1a2b3c4d");

    public static Parsed<string> RoleName(string text) => RoleForm().IsMatch(text) ? text : new Refusal($"{Quoted.Value(text)}: want the name of a role, 1 to 128 of letters, digits and +=,.@_-");

    public static Parsed<string> RoleArn(string text) => text.StartsWith("qcs::cam::", StringComparison.Ordinal)
        ? text
        : new Refusal($"{Quoted.Value(text)}: want qcs::cam::uin/UIN:roleName/NAME");

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClusterIdForm();

    [GeneratedRegex(@"\A[a-z]{2,}(-[a-z0-9]+)+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RegionForm();

    [GeneratedRegex(@"\Avpc-[a-z0-9]+\z", RegexOptions.None, 1000)]
    private static partial Regex VpcForm();

    [GeneratedRegex(@"\A[A-Za-z0-9+=,.@_-]{1,128}\z", RegexOptions.None, 1000)]
    private static partial Regex RoleForm();
}
