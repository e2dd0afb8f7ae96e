using System.Runtime.CompilerServices;
using PodEip.Api;
using PodEip.Claims.Planning;

namespace PodEip.Claims.Tests.Docs;

/// <summary>docs/life-of-an-address.md tells of every step and every reason the planner uses.</summary>
public sealed class LifeOfAnAddressTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "life-of-an-address.md"));

    public static TheoryData<string> Steps =>
        [.. typeof(Step).GetNestedTypes().Select(type => type.Name)];

    public static TheoryData<string> UsedReasons
    {
        get
        {
            var source = string.Join('\n', Directory.GetFiles(Path.Combine(Root(), "src", "PodEip.Claims", "Planning"), "*.cs").Select(File.ReadAllText));
            return [.. typeof(Reasons).GetFields().Select(reason => reason.Name).Where(reason => source.Contains($"Reasons.{reason}", StringComparison.Ordinal))];
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_step_is_told(string step) => Assert.Contains($"`{step}`", Page, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(UsedReasons))]
    public void Every_reason_of_the_planner_is_told(string reason) => Assert.Contains($"`{reason}`", Page, StringComparison.Ordinal);

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
