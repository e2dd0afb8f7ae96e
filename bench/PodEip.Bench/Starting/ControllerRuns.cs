using PodEip.Bench.Clusters;
using PodEip.CloudSim;
using PodEip.TestKit.Processes;

namespace PodEip.Bench.Starting;

/// <summary>The controller: until it leads, with everything read that it needs to act. The bed's own is to be stopped.</summary>
/// <param name="bed">The cluster.</param>
internal sealed class ControllerRuns(ClusterBed bed) : ServerRuns
{
    /// <summary>The program.</summary>
    public const string Program = "podeip-controller";

    public override string Name => Program;

    public override string Measures => "controller, from its start until it leads";

    protected override IReadOnlyList<string> Arguments => bed.Scene.Controller.Flags;

    protected override IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>
    {
        ["TENCENTCLOUD_SECRET_ID"] = CloudSimOptions.DefaultSecretId, ["TENCENTCLOUD_SECRET_KEY"] = CloudSimOptions.DefaultSecretKey, ["TENCENTCLOUD_TOKEN"] = null,
    };

    protected override Task<bool> WorksAsync(ProcessUnderTest process, CancellationToken cancellationToken) => Task.FromResult(process.Output.Contains("leads: it holds the lease", StringComparison.Ordinal));
}
