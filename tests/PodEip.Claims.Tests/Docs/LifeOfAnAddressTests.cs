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

    // Not by the caller's file path: a deterministic build maps it away.
    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "PodEip.slnx")))
        {
            at = at.Parent ?? throw new InvalidOperationException($"no PodEip.slnx above {AppContext.BaseDirectory}");
        }

        return at.FullName;
    }
}
