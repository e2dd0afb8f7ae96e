using System.Globalization;
using PodEip.Dev;
using PodEip.Dev.Processes;
using PodEip.Scenes;
using PodEip.TestKit.Processes;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary><c>kubectl eip</c> as it is shipped: one native file. How long it takes is told, and not judged, here.</summary>
[Collection(Stage.Alone)]
public sealed class NativeCliTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private const int Claims = 10;
    private const int Runs = 20;

    [Fact]
    public async Task The_native_file_lists_explains_and_offers_the_controllers_commands()
    {
        var file = Path.Combine(Checkout.Root, "artifacts", "kubectl-eip");
        Assert.SkipUnless(File.Exists(file), "artifacts/kubectl-eip is not there: make kubectl-eip");
        var (scene, space) = await OpenAsync("native", SceneOptions.Troubled);
        await scene.CreateAllAsync(space, Enumerable.Range(0, Claims).Select(i => Pods.New($"pod-{i}")), Ct);
        await scene.AllBoundAsync(space, Claims, Ct);

        List<double> times = [];
        for (var i = 0; i < Runs; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            var list = await RunAsync("list", "-n", space);
            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            Assert.Equal(Claims, list.Split('\n').Count(line => line.Contains("Bound", StringComparison.Ordinal)));
        }

        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"list of {Claims} claims: {times.Order().ElementAt(Runs / 2):0} ms (middle of {Runs}), {times.Min():0} to {times.Max():0} ms"));
        Assert.Contains("is bound", await RunAsync("why", "pod-0", "-n", space), StringComparison.Ordinal);
        Assert.Contains("kind: EIPClaimList", await RunAsync("list", "-n", space, "-o", "yaml"), StringComparison.Ordinal);
        Assert.Contains("--dry-run", await RunAsync("teardown", "--help"), StringComparison.Ordinal);

        async Task<string> RunAsync(params string[] args)
        {
            await using var process = ProcessUnderTest.StartProgram("kubectl-eip", new ProgramStart(file, [.. args, .. args.Contains("--help") ? (string[])[] : ["--kubeconfig", scene.Plane.KubeconfigPath]]));
            Assert.InRange(await process.ExitCodeAsync(cancellation: Ct), 0, 3);
            return process.Output;
        }
    }
}
