using PodEip.Claims.Marks;
using PodEip.CloudSim;
using PodEip.CloudSim.Control;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Access;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;
using PodEip.TestKit.ControlPlane;

namespace PodEip.Cli.Tests.Cluster;

/// <summary>A namespace, and a simulated account of the cloud over HTTP with one CVM in one subnet.</summary>
internal sealed class TestAccount : IAsyncDisposable
{
    private readonly CloudSimHost _cloud;

    private TestAccount(TestNamespace space, CloudSimHost cloud, string uid) => (Space, _cloud, ClusterUid) = (space, cloud, uid);

    /// <summary>The namespace.</summary>
    public TestNamespace Space { get; }

    /// <summary>The cloud itself.</summary>
    public CloudModel Model => _cloud.Model;

    /// <summary>UID of kube-system.</summary>
    public string ClusterUid { get; }

    /// <summary>Nobody else's.</summary>
    public string ClusterId { get; } = $"cls-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>SecretKey that commands are given.</summary>
    public string SecretKey { get; set; } = CloudSimOptions.DefaultSecretKey;

    /// <summary>The clock of commands.</summary>
    public SimulatedClock Time { get; } = new(TimeProvider.System);

    /// <summary>Starts one.</summary>
    public static async Task<TestAccount> OpenAsync(ControlPlaneFixture planes, string hint, CancellationToken cancellation)
    {
        var space = await TestNamespace.OpenAsync(planes, hint, cancellation);
        var system = await space.Sight.Api.GetAsync(ResourcePath.Core("v1", "namespaces", name: "kube-system"), KubernetesJsonContext.Default.PartialObject, cancellation);
        var seed = CloudSeed.Default with { Cvms = [new NewCvm { Name = "node", Cpu = 4, Enis = 1, IpsPerEni = 1 }] };
        return new TestAccount(space, await CloudSimHost.StartAsync(new CloudSimOptions { Seed = seed, RateMultiplier = 0 }, cancellation), system!.Metadata.Uid!);
    }

    /// <summary>Takes permissions from the commands' key.</summary>
    public void Deny(params string[] actions) => Model.Access.SetKey(new KeyPair(CloudSimOptions.DefaultSecretId, CloudSimOptions.DefaultSecretKey, ["*"]) { Deny = actions });

    /// <summary>An address that was bought for a cluster.</summary>
    public ElasticAddress Own(string? name, string? clusterId = null) => Model.AddAddress(name: name, tags: new Dictionary<string, string>(new ClusterMark(clusterId ?? ClusterId, ClusterUid).Tags));

    /// <summary>A table that sends the subnet's packets to a NAT gateway.</summary>
    public string DivertedTable()
    {
        var table = Model.CreateRouteTable(Model.Vpcs[0].Id).Id;
        Model.AssociateRouteTable(Model.Subnets[0].Id, table);
        Model.CreateRoutes(new CreateRoutesCall(table, [new NewRoute { Destination = "0.0.0.0/0", GatewayType = GatewayTypes.Nat, GatewayId = Model.CreateNatGateway(Model.Vpcs[0].Id).Gateway.Id }]));
        return table;
    }

    /// <summary>Kinds of next hop of a table's routes.</summary>
    public IEnumerable<string> Hops(string table) => Model.FindRouteTable(table)!.Routes.Select(r => r.GatewayType);

    /// <summary>Runs a command with cluster, region and cluster id.</summary>
    public Task<CliCall> RunAsync(CancellationToken cancellation, params IEnumerable<string> args) => CliCall.RunAsync(
        "",
        new Dictionary<string, string> { ["TENCENTCLOUD_SECRET_ID"] = CloudSimOptions.DefaultSecretId, ["TENCENTCLOUD_SECRET_KEY"] = SecretKey },
        Time, cancellation,
        [.. args, "--kubeconfig", Space.Kubeconfig, "--region", Model.Settings.Region, "--cloud-endpoint", _cloud.Endpoint.ToString(), "--cluster-id", ClusterId]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Space.Dispose();
        await _cloud.DisposeAsync();
    }
}
