using System.Text.RegularExpressions;
using Xunit;

namespace PodEip.Architecture.Tests;

/// <summary>Holds the table of rooms: who may use whom. A new project in src is added here with what it may use.</summary>
public sealed partial class DependencyTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["PodEip.Api"] = [],
        ["PodEip.Kubernetes"] = [],
        ["PodEip.Hosting"] = ["PodEip.Api", "PodEip.Kubernetes"],
        ["PodEip.Cloud"] = [],
        ["PodEip.Claims"] = ["PodEip.Api", "PodEip.Cloud"],
        ["PodEip.Controller"] = ["PodEip.Api", "PodEip.Kubernetes", "PodEip.Hosting", "PodEip.Cloud", "PodEip.Claims"],
        ["PodEip.Agent"] = ["PodEip.Api", "PodEip.Kubernetes", "PodEip.Hosting"],
        // The controller too: teardown, adopt and routes are its commands, and what they share with it stays in one place.
        ["PodEip.Cli"] = ["PodEip.Api", "PodEip.Kubernetes", "PodEip.Hosting", "PodEip.Cloud", "PodEip.Claims", "PodEip.Controller"],
        ["PodEip.CloudSim"] = ["PodEip.Kubernetes"],
    };

    [Fact]
    public void Projects_of_src_use_only_what_the_table_allows()
    {
        var breaches =
            from project in Project.All
            where project.Room == "src"
            from used in project.References
            where !MayUse.GetValueOrDefault(project.Name, []).Contains(used)
            select $"{project.Name} may not use {used}";
        Breaches.AssertNone(breaches);
    }

    [Fact]
    public void Every_project_of_src_is_in_the_table() =>
        Breaches.AssertNone(Project.All.Where(project => project.Room == "src").Select(project => project.Name).Except(MayUse.Keys));

    [Fact]
    public void The_table_is_read_from_real_projects()
    {
        var controller = Assert.Single(Project.All, project => project.Name == "PodEip.Controller");
        Assert.Equal(MayUse["PodEip.Controller"].Order(), controller.References.Order());
    }

    [Theory]
    [InlineData("PodEip.Api")]
    [InlineData("PodEip.Claims")]
    public void Pure_projects_have_no_packages(string name) =>
        Breaches.AssertNone(Assert.Single(Project.All, project => project.Name == name).Packages);

    [Theory]
    [InlineData("PodEip.Api")]
    [InlineData("PodEip.Claims")]
    public void Pure_projects_have_no_clock_and_no_side_effects(string name)
    {
        var breaches =
            from file in SourcesOf(name)
            from Match word in SideEffect().Matches(WithoutComments(Repository.Read(file)))
            select $"{file} uses {word.Value}";
        Breaches.AssertNone(breaches);
    }

    [Fact]
    public void Claims_know_the_clouds_records_and_not_its_adapter() =>
        Breaches.AssertNone(SourcesOf("PodEip.Claims").Where(file => Repository.Read(file).Contains("PodEip.Cloud.TencentCloud", StringComparison.Ordinal)));

    private static IEnumerable<string> SourcesOf(string project) =>
        Repository.Files.Where(file => file.StartsWith($"src/{project}/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));

    private static string WithoutComments(string source) =>
        string.Join('\n', source.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    [GeneratedRegex(@"\b(TimeProvider|HttpClient|ILogger|Task|ValueTask|File|Directory|Process|Environment\.GetEnvironmentVariable|Console|Random)\b(?=[.<\s(])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SideEffect();
}
