using System.Text.RegularExpressions;
using PodEip.Dev.Processes;

namespace PodEip.Dev.Quickstart;

/// <summary>The controller of a quickstart.</summary>
internal sealed partial class ControllerPart(QuickstartFiles files, QuickstartCluster cluster, LoopbackHttp http)
{
    /// <summary>How it is to run.</summary>
    public PartStarter.Wish Wish(string assembly, CloudEndpoints cloud, CloudKey key)
    {
        string[] arguments =
        [
            assembly, "--cluster-id", "quickstart", "--region", CloudPlan.Region, "--vpc-id", CloudPlan.VpcId, "--cloud-endpoint", cloud.Api.GetLeftPart(UriPartial.Authority),
            "--kubeconfig", cluster.Kubeconfig, .. cluster.Context is { } context ? (string[])["--context", context, "--node-capacity=false"] : [],
            "--namespace", QuickstartCluster.ControllerNamespace, "--listen", "127.0.0.1:0",
        ];
        return new()
        {
            Name = "the controller",
            Program = new ProgramStart(DotnetHost.Path, arguments, files.ControllerLog)
            {
                // Never an argument: those are open to all users of a machine.
                Environment = new Dictionary<string, string?>
                {
                    ["TENCENTCLOUD_SECRET_ID"] = key.SecretId,
                    ["TENCENTCLOUD_SECRET_KEY"] = key.SecretKey,
                    ["TENCENTCLOUD_TOKEN"] = null,
                },
            },
            Circumstances = [cluster.Server.AbsoluteUri],
            IsWell = IsWellAsync,
        };
    }

    /// <summary>Where it serves its health and metrics, from its log; null before it does.</summary>
    public Uri? Address()
    {
        var line = File.Exists(files.ControllerLog) ? File.ReadLines(files.ControllerLog).FirstOrDefault(line => line.Contains("/metrics on ", StringComparison.Ordinal)) : null;
        return line is not null && Loopback().Match(line) is { Success: true } match ? new Uri(match.Value) : null;
    }

    private async Task<bool> IsWellAsync() => Address() is { } address && await http.IsWellAsync(new Uri(address, "/readyz"), CancellationToken.None);

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Loopback();
}
