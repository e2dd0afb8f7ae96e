using PodEip.Bench.Clusters;
using PodEip.TestKit.Processes;

namespace PodEip.Bench.Starting;

/// <summary>The agent: until its rules are in the kernel, those of a network namespace of their own.</summary>
/// <param name="bed">The cluster, one of whose nodes it looks after.</param>
/// <param name="namespaceFile">The network namespace.</param>
internal sealed class AgentRuns(ClusterBed bed, string namespaceFile) : ServerRuns, IDisposable
{
    private const string Serving = "Serving /healthz, /readyz and /metrics on ";
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public override string Name => "podeip-agent";

    public override string Measures => "agent, from its start until the rules hold";

    protected override IReadOnlyList<string> Arguments =>
        ["--node-name", bed.Scene.Node(0), "--kubeconfig", bed.Scene.Plane.KubeconfigPath, "--listen", "127.0.0.1:0", "--masquerade", "full", "--network-namespace", namespaceFile];

    protected override IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>();

    public void Dispose() => _http.Dispose();

    protected override async Task<bool> WorksAsync(ProcessUnderTest process, CancellationToken cancellationToken)
    {
        if (process.Output.Split('\n').FirstOrDefault(line => line.Contains(Serving, StringComparison.Ordinal)) is not { } line)
            return false;
        using var answer = await _http.GetAsync(new Uri(line[(line.IndexOf(Serving, StringComparison.Ordinal) + Serving.Length)..].Trim().TrimEnd('/') + "/readyz"), cancellationToken);
        return answer.IsSuccessStatusCode;
    }
}
