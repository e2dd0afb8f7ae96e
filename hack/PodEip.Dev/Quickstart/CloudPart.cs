using System.Text.Json;
using PodEip.Dev.ControlPlane;
using PodEip.Dev.Processes;

namespace PodEip.Dev.Quickstart;

/// <summary>The simulated cloud of a quickstart, its machines included.</summary>
internal sealed class CloudPart(QuickstartFiles files, QuickstartCluster cluster, LoopbackHttp http)
{
    /// <summary>How it is to run.</summary>
    public PartStarter.Wish Wish(string assembly, CloudKey key)
    {
        if (!File.Exists(files.Seed))
            PrivateFile.Write(files.Seed, JsonSerializer.Serialize(CloudPlan.Seed(key, CloudPlan.AllowedActions()), QuickstartJson.Default.JsonObject));
        string[] arguments =
        [
            assembly, "--seed", files.Seed, "--state", files.CloudState, "--endpoints-file", files.CloudEndpoints, "--join", cluster.Kubeconfig,
            // In a cluster that is not ours the machines bring their slots along: the controller keeps its hands off the other Nodes there.
            .. cluster.Context is { } context ? (string[])["--join-context", context, "--join-taint", CloudPlan.Taint, "--join-eips", "auto"] : [],
        ];
        return new()
        {
            Name = "the simulated cloud",
            Program = new ProgramStart(DotnetHost.Path, arguments, files.CloudLog),
            Circumstances = [cluster.Server.AbsoluteUri],
            IsWell = IsWellAsync,
            BeforeStart = () => File.Delete(files.CloudEndpoints),
        };
    }

    // The endpoints file is written once everything listens and the machines have joined.
    private async Task<bool> IsWellAsync() =>
        CloudEndpoints.Read(files) is { } endpoints && await http.IsWellAsync(new Uri(endpoints.Control, "/healthz"), CancellationToken.None);
}
