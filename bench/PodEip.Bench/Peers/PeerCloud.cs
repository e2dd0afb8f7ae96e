using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Bench.Clusters;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.TencentCloud;
using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.CloudSim;
using PodEip.CloudSim.Model.Access;

namespace PodEip.Bench.Peers;

/// <summary>The calls of peers, to the simulator's real endpoint: signed, over HTTP, with a key and thus with limits of its own, and without any pace.</summary>
internal sealed class PeerCloud : IDisposable
{
    private const string Tag = "bench-peer";
    private readonly TencentElasticIpCloud _cloud;
    private int _purchases;

    /// <param name="cloud">The simulator.</param>
    /// <param name="key">Names its key.</param>
    public PeerCloud(CloudSimHost cloud, string key)
    {
        SecretId = key;
        cloud.Model.Access.SetKey(new KeyPair(key, CloudSimOptions.DefaultSecretKey, ["*"]));
        var options = new TencentCloudOptions { Region = cloud.Model.Settings.Region, Endpoint = cloud.Endpoint, CredentialSource = new Key(new CloudCredentials(key, CloudSimOptions.DefaultSecretKey)) };
        _cloud = TencentElasticIpCloud.Create(options, TimeProvider.System, NullLoggerFactory.Instance);
    }

    /// <summary>As whom the call log shows it.</summary>
    public string SecretId { get; }

    /// <summary>The addresses that carry a Pod's tag.</summary>
    public async Task<IReadOnlyList<Address>> TaggedAsync(RunningPod pod, CancellationToken cancellationToken) =>
        (await _cloud.DescribeAddressesAsync(new AddressQuery { Tag = new(Tag, pod.Name) }, cancellationToken)).Items;

    /// <summary>One address.</summary>
    public async Task<Address?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await _cloud.DescribeAddressesAsync(new AddressQuery { Ids = [id] }, cancellationToken)).Items is [var address, ..] ? address : null;

    /// <summary>The ENI that has a private IP.</summary>
    public async Task<NetworkTarget?> TargetAsync(RunningPod pod, CancellationToken cancellationToken) =>
        (await _cloud.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { PrivateIps = [pod.PrivateIp] }, cancellationToken)).Items is [var eni, ..]
            ? new NetworkTarget(eni.Id, pod.PrivateIp)
            : null;

    /// <summary>Buys one address, with a Pod's tag.</summary>
    public async Task<string> BuyAsync(RunningPod pod, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _purchases);
        return (await _cloud.AllocateAddressesAsync(
            new AllocateAddressesRequest { Count = 1, ClientToken = $"{SecretId}-{number}", Name = "bench-peer", Tags = new Dictionary<string, string> { [Tag] = pod.Name } }, cancellationToken))[0];
    }

    /// <summary>Binds an address.</summary>
    public async Task BindAsync(string id, NetworkTarget target, CancellationToken cancellationToken) => await _cloud.AssociateAddressAsync(id, target, cancellationToken);

    public void Dispose() => _cloud.Dispose();

    private sealed class Key(CloudCredentials credentials) : ICredentialSource
    {
        public string Name => "bench";

        public ValueTask<CloudCredentials> FetchAsync(CancellationToken cancellationToken) => ValueTask.FromResult(credentials);
    }
}
