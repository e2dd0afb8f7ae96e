using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using PodEip.ClusterTests.Writers;
using PodEip.Controller.Admission;
using PodEip.Controller.Hosting;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Hosting;

public sealed class ControllerProcessTests(ControlPlaneFixture planes) : IDisposable
{
    private readonly Lines _log = new();
    private readonly CancellationTokenSource _stop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _stop.Dispose();
        _log.Dispose();
    }

    private async Task<ControllerOptions> OptionsAsync()
    {
        var ns = await planes.CreateNamespaceAsync("process", Cancellation);
        return new ControllerOptions
        {
            Kubeconfig = (await planes.StartedAsync(Cancellation)).KubeconfigPath,
            ClusterId = ns,
            Region = "ap-guangzhou",
            Namespace = ns,
            LeaderElectNamespace = ns,
            InstallCrd = true,
            Listen = new ListenAddress(IPAddress.Loopback, 0),
            RetryPeriod = TimeSpan.FromSeconds(0.5),
            StartupTimeout = TimeSpan.FromSeconds(30),
        };
    }

    private ControllerProcess Process(ControllerOptions options) => new(options, _ => new IdleDuties(), TimeProvider.System, _log);

    private static string LeasePath(ControllerOptions o) => ResourcePath.Group("coordination.k8s.io", "v1", "leases", o.LeaderElectNamespace, o.Election("me").Name);

    [Fact]
    public async Task A_replica_that_only_stands_by_serves_the_webhook_too()
    {
        var options = await OptionsAsync();
        options = options with
        {
            Webhook = new WebhookSettings { Listen = options.Listen, Namespace = options.Namespace, Demands = options.Demands, Configuration = "none-of-that-name" },
        };
        using var connection = KubeConnection.Create(options.Kubeconfig, null);
        var lease = await WriterCluster.Api(connection).ApplyAsync(
            LeasePath(options),
            $$"""
            {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"{{options.Election("me").Name}}"},
             "spec":{"holderIdentity":"another","leaseDurationSeconds":3600,"acquireTime":"2026-01-01T00:00:00.000000Z","renewTime":"2026-01-01T00:00:00.000000Z","leaseTransitions":0} }
            """,
            Cancellation);
        Assert.NotNull(lease);
        var process = Process(options);
        var running = process.RunAsync(_stop.Token);
        using var http = new HttpClient();
        await Eventually.BecomesAsync(
            token => http.GetStringAsync(new Uri(process.Address!, "/readyz?verbose"), token), text => text == "[+]lease ok: standing by\n[+]startup ok\n[+]webhook ok\nok\n", cancellation: Cancellation);
        var metrics = await http.GetStringAsync(new Uri(process.Address!, "/metrics"), Cancellation);
        Assert.Contains("podeip_webhook_certificate_end_seconds ", metrics, StringComparison.Ordinal);
        // Other tests' webhooks in this process count on the same page: only the log tells whose the renewals are.
        Assert.Contains("podeip_webhook_certificate_renewals_total{} ", metrics, StringComparison.Ordinal);
        Assert.Single(_log.All, line => line.EndsWith("were renewed", StringComparison.Ordinal));
        await _stop.CancelAsync();
        Assert.Equal(ExitCodes.Stopped, await running);
    }

    [Fact]
    public async Task It_leads_says_so_and_stops_in_good_order()
    {
        var options = await OptionsAsync();
        var process = Process(options);
        var running = process.RunAsync(_stop.Token);
        using var http = new HttpClient();
        await Eventually.BecomesAsync(
            token => http.GetStringAsync(new Uri(process.Address!, "/readyz?verbose"), token), text => text == "[+]lease ok: leading\n[+]startup ok\nok\n", cancellation: Cancellation);
        Assert.Contains($"leader_election_master_status{{name=\"podeip-controller-{options.ClusterId}\"}} 1", await http.GetStringAsync(new Uri(process.Address!, "/metrics"), Cancellation), StringComparison.Ordinal);

        // A second one stands by, and is ready.
        using var stopSecond = new CancellationTokenSource();
        var second = Process(options);
        var standingBy = second.RunAsync(stopSecond.Token);
        await Eventually.BecomesAsync(
            token => http.GetStringAsync(new Uri(second.Address!, "/readyz?verbose"), token), text => text == "[+]lease ok: standing by\n[+]startup ok\nok\n", cancellation: Cancellation);
        await stopSecond.CancelAsync();
        Assert.Equal(ExitCodes.Stopped, await standingBy);

        await _stop.CancelAsync();
        Assert.Equal(ExitCodes.Stopped, await running);
        using var connection = KubeConnection.Create(options.Kubeconfig, null);
        var lease = await WriterCluster.Api(connection).ReadAsync(LeasePath(options), Cancellation);
        Assert.True(string.IsNullOrEmpty((string?)lease!["spec"]!["holderIdentity"]), "the lease is released");
    }

    [Fact]
    public async Task A_lost_lease_ends_the_process_with_a_code_of_its_own()
    {
        var options = await OptionsAsync();
        var process = Process(options);
        var running = process.RunAsync(_stop.Token);
        using var http = new HttpClient();
        await Eventually.BecomesAsync(
            token => http.GetStringAsync(new Uri(process.Address!, "/readyz?verbose"), token), text => text.Contains("leading", StringComparison.Ordinal), cancellation: Cancellation);
        using var connection = KubeConnection.Create(options.Kubeconfig, null);
        await WriterCluster.Api(connection).PatchAsync(LeasePath(options), PatchKind.Merge, """{"spec":{"holderIdentity":"thief"}}"""u8.ToArray(), TestJson.Default.JsonObject, Cancellation);
        Assert.Equal(ExitCodes.LeadershipLost, await running.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Cancellation));
        Assert.Contains(_log.All, line => line.StartsWith("Critical: Leadership is lost, this process ends: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_API_server_that_cannot_be_reached_is_tried_visibly_and_then_given_up()
    {
        // A port that is held, and never answered: nobody else can begin to listen on it.
        using var dead = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        dead.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var kubeconfig = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(kubeconfig, $$"""
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:{{((IPEndPoint)dead.LocalEndPoint!).Port}}" } }]
                contexts: [{name: c, context: {cluster: c, user: u} }]
                users: [{name: u, user: {token: t} }]
                current-context: c
                """, Cancellation);
            var options = await OptionsAsync() with { Kubeconfig = kubeconfig, StartupTimeout = TimeSpan.FromSeconds(10) };
            Assert.Equal(ExitCodes.Failed, await Process(options).RunAsync(_stop.Token));
            Assert.Contains(_log.All, line => line.StartsWith("Warning: Can't reach the API server https://127.0.0.1:", StringComparison.Ordinal));
            var fatal = Assert.Single(_log.All, line => line.StartsWith("Critical", StringComparison.Ordinal));
            Assert.Contains("could not be reached for 10 s (--startup-timeout)", fatal, StringComparison.Ordinal);
            Assert.Contains("refused", fatal, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(kubeconfig);
        }
    }

    [Fact]
    public async Task A_taken_port_and_a_missing_kubeconfig_are_one_clear_line_each()
    {
        var options = await OptionsAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        Assert.Equal(ExitCodes.Failed, await Process(options with { Listen = new ListenAddress(IPAddress.Loopback, port) }).RunAsync(_stop.Token));
        Assert.Equal(ExitCodes.Failed, await Process(options with { Kubeconfig = "/nowhere/config" }).RunAsync(_stop.Token));
        var fatal = _log.All.Where(line => line.StartsWith("Critical", StringComparison.Ordinal)).ToList();
        Assert.StartsWith($"Critical: Can't start: Can't listen on 127.0.0.1:{port} (--listen): ", fatal[0], StringComparison.Ordinal);
        Assert.Equal("Critical: Can't start: The kubeconfig '/nowhere/config' does not exist.", fatal[1]);
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> All => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
    }
}
