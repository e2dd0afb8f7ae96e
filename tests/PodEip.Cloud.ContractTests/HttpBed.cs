using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

using PodEip.Cloud.ContractTests.Kit;
using PodEip.Cloud.TencentCloud;
using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.CloudSim;
using PodEip.CloudSim.Control;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model.Access;

namespace PodEip.Cloud.ContractTests;

/// <summary>The real adapter over HTTP against the simulator, whose clock stands still.</summary>
internal sealed class HttpBed : IContractBed
{
    private readonly FakeTimeProvider _time;
    private readonly CloudSimHost _host;
    private readonly List<TencentElasticIpCloud> _adapters = [];

    private HttpBed(FakeTimeProvider time, CloudSimHost host)
    {
        _time = time;
        _host = host;
        Cloud = Connect(CloudSimOptions.DefaultSecretId, CloudSimOptions.DefaultSecretKey);
    }

    public IElasticIpCloud Cloud { get; }

    public CloudGate Gate => _host.Gate;

    /// <summary>The simulator.</summary>
    public CloudSimHost Host => _host;

    public static async Task<HttpBed> StartAsync()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 4, 0, 0, TimeSpan.Zero));
        return new HttpBed(time, await CloudSimHost.StartAsync(new CloudSimOptions { Clock = time, Seed = new CloudSeed() }, default));
    }

    public IElasticIpCloud As(params string[] allowed)
    {
        Gate.Model.Access.SetKey(new KeyPair("AKIDlimited", "key-limited", allowed));
        return Connect("AKIDlimited", "key-limited");
    }

    public void Advance(TimeSpan by) => _time.Advance(by);

    /// <summary>An adapter with these keys.</summary>
    public TencentElasticIpCloud Connect(string secretId, string secretKey) => Connect(new CredentialOptions
    {
        Environment = name => name switch { "TENCENTCLOUD_SECRET_ID" => secretId, "TENCENTCLOUD_SECRET_KEY" => secretKey, _ => null },
    });

    /// <summary>An adapter with these sources of credentials.</summary>
    public TencentElasticIpCloud Connect(CredentialOptions credentials, TimeProvider? time = null)
    {
        var adapter = TencentElasticIpCloud.Create(
            new TencentCloudOptions
            {
                Region = "ap-guangzhou",
                Endpoint = _host.Endpoint,
                // Generous: nothing here is slow but a machine that does other things too.
                CallTimeout = TimeSpan.FromSeconds(60),
                Credentials = credentials with { MetadataEndpoint = _host.MetadataEndpoint },
            },
            time ?? new SimulatorClock(_time),
            NullLoggerFactory.Instance);
        _adapters.Add(adapter);
        return adapter;
    }

    public async ValueTask DisposeAsync()
    {
        _adapters.ForEach(adapter => adapter.Dispose());
        await _host.DisposeAsync();
    }
}
