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

    private static readonly string Program = Path.Combine(Checkout.Root, "artifacts", "kubectl-eip");

    [Fact]
    public async Task The_native_file_lists_explains_and_offers_the_controllers_commands()
    {
        Assert.SkipUnless(File.Exists(Program), "artifacts/kubectl-eip is not there: make kubectl-eip");
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
            await using var process = ProcessUnderTest.StartProgram("kubectl-eip", new ProgramStart(Program, [.. args, .. args.Contains("--help") ? (string[])[] : ["--kubeconfig", scene.Plane.KubeconfigPath]]));
            Assert.InRange(await process.ExitCodeAsync(cancellation: Ct), 0, 3);
            return process.Output;
        }
    }

    [Fact]
    public async Task It_reads_the_systems_certificates_only_where_the_kubeconfig_gives_no_CA()
    {
        Assert.SkipUnless(File.Exists(Program), "artifacts/kubectl-eip is not there: make kubectl-eip");
        var (scene, _) = await OpenAsync("roots", SceneOptions.Troubled);
        var folder = Directory.CreateTempSubdirectory("podeip-roots-");
        try
        {
            var (authority, without, pipe) = (Path.Combine(folder.FullName, "ca"), Path.Combine(folder.FullName, "config"), Path.Combine(folder.FullName, "pipe"));
            var (empty, text) = (folder.CreateSubdirectory("empty").FullName, await File.ReadAllTextAsync(scene.Plane.KubeconfigPath, Ct));
            var line = Assert.Single(text.Split('\n'), line => line.Contains("certificate-authority-data:", StringComparison.Ordinal));
            await File.WriteAllBytesAsync(authority, Convert.FromBase64String(line.Split(':')[1].Trim()), Ct);
            await File.WriteAllTextAsync(without, text.Replace(line + "\n", "", StringComparison.Ordinal), Ct);
            // Nobody writes into the pipe: who opens it to read waits for ever.
            await using (var made = ProcessUnderTest.StartProgram("mkfifo", new ProgramStart("mkfifo", [pipe])))
            {
                Assert.Equal(0, await made.ExitCodeAsync(cancellation: Ct));
            }

            Assert.Equal(0, await ListAsync(scene.Plane.KubeconfigPath, pipe));
            Assert.Equal(0, await ListAsync(without, authority));
            Assert.Equal(1, await ListAsync(without, Path.Combine(folder.FullName, "missing")));

            async Task<int> ListAsync(string kubeconfig, string systemsFile)
            {
                await using var process = ProcessUnderTest.StartProgram("kubectl-eip", new ProgramStart(Program, ["list", "-A", "--kubeconfig", kubeconfig])
                {
                    Environment = new Dictionary<string, string?> { ["SSL_CERT_FILE"] = systemsFile, ["SSL_CERT_DIR"] = empty },
                });
                return await process.ExitCodeAsync(cancellation: Ct);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
