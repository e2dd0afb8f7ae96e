using Microsoft.Extensions.Logging;

using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.Cloud.TencentCloud.Signing;
using PodEip.Cloud.TencentCloud.Transport;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud;

/// <summary>
/// <see cref="IElasticIpCloud"/> on Tencent Cloud's API 3.0 (VPC, CVM and Tag services). What the cloud answers is read with suspicion:
/// rows without a usable id are left out, with a log line; texts that are no IPv4 address become null.
/// </summary>
public sealed partial class TencentElasticIpCloud : IElasticIpCloud, IDisposable
{
    private readonly ICloudCaller _caller;
    private readonly string _region;
    private readonly RecordReader _reader;
    private readonly IDisposable? _owned;

    internal TencentElasticIpCloud(ICloudCaller caller, string region, ILogger logger, IDisposable? owned = null)
    {
        _caller = caller;
        _region = region;
        _reader = new RecordReader(logger);
        _owned = owned;
    }

    /// <summary>Connects the adapter. Nothing is sent, and no credentials are fetched, before the first call.</summary>
    /// <exception cref="ArgumentException">An option is out of its bounds.</exception>
    public static TencentElasticIpCloud Create(TencentCloudOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        options.Validate();
        var clients = new CloudHttpClients(options);
        var transport = new CloudTransport(clients.Cloud, new EndpointTable(options.Endpoint, options.UseInternalEndpoints), new Tc3Signer(), options, time);
        var credentials = CredentialSources.Create(options, clients.Metadata, transport, time, loggers);
        return new TencentElasticIpCloud(new CloudCaller(transport, credentials, options.CallTimeout, time), options.Region, loggers.CreateLogger<TencentElasticIpCloud>(), clients);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> AllocateAddressesAsync(AllocateAddressesRequest request, CancellationToken cancellationToken)
    {
        var action = CloudActions.AllocateAddresses;
        var response = await _caller.CallAsync(action, RequestWriter.Allocate(request), cancellationToken).ConfigureAwait(false);
        var ids = (response.AddressSet ?? []).OfType<string>().Where(CloudText.IsId).Distinct(StringComparer.Ordinal).ToList();
        // Bought, but not told what: unclear, so that the caller looks the purchase up by its name.
        return ids.Count == request.Count
            ? ids
            : throw CloudAnswer.Bad(action.Name, $"{request.Count} addresses were asked for, but the answer names {ids.Count}", response.RequestId);
    }

    /// <inheritdoc/>
    public Task<long?> AssociateAddressAsync(string addressId, NetworkTarget target, CancellationToken cancellationToken) =>
        TaskOfAsync(CloudActions.AssociateAddress, new AssociateAddressRequest { AddressId = addressId, NetworkInterfaceId = target.NetworkInterfaceId, PrivateIpAddress = target.PrivateIp }, cancellationToken);

    /// <inheritdoc/>
    public Task<long?> DisassociateAddressAsync(string addressId, CancellationToken cancellationToken) =>
        TaskOfAsync(CloudActions.DisassociateAddress, new DisassociateAddressRequest { AddressId = addressId }, cancellationToken);

    /// <inheritdoc/>
    public Task<long?> ReleaseAddressesAsync(IReadOnlyList<string> addressIds, CancellationToken cancellationToken) =>
        TaskOfAsync(CloudActions.ReleaseAddresses, new ReleaseAddressesRequest { AddressIds = RequestWriter.NotEmpty(addressIds) }, cancellationToken);

    /// <inheritdoc/>
    public async Task<Page<Address>> DescribeAddressesAsync(AddressQuery query, CancellationToken cancellationToken)
    {
        var response = await _caller.CallAsync(CloudActions.DescribeAddresses, RequestWriter.Describe(query), cancellationToken).ConfigureAwait(false);
        return _reader.Addresses(response);
    }

    /// <inheritdoc/>
    public Task<long?> ModifyBandwidthAsync(IReadOnlyList<string> addressIds, int bandwidthMbps, CancellationToken cancellationToken) =>
        TaskOfAsync(CloudActions.ModifyAddressesBandwidth, new ModifyAddressesBandwidthRequest { AddressIds = RequestWriter.NotEmpty(addressIds), InternetMaxBandwidthOut = bandwidthMbps }, cancellationToken);

    /// <inheritdoc/>
    public Task RenameAddressAsync(string addressId, string name, CancellationToken cancellationToken) =>
        _caller.CallAsync(CloudActions.ModifyAddressAttribute, new ModifyAddressAttributeRequest { AddressId = addressId, AddressName = name }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AddressQuota>> DescribeQuotaAsync(CancellationToken cancellationToken) =>
        RecordReader.Quotas(await _caller.CallAsync(CloudActions.DescribeAddressQuota, new EmptyRequest(), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<CloudTaskState> DescribeTaskAsync(long taskId, CancellationToken cancellationToken)
    {
        var action = CloudActions.DescribeTaskResult;
        try
        {
            var response = await _caller.CallAsync(action, new DescribeTaskResultRequest { TaskId = taskId }, cancellationToken).ConfigureAwait(false);
            return RecordReader.TaskState(action.Name, response.Result, response.RequestId);
        }
        catch (CloudException e) when (e.Code is "FailedOperation.TaskFailed")
        {
            // The cloud tells of a failed task either way.
            return CloudTaskState.Failed;
        }
    }

    /// <inheritdoc/>
    public async Task<Page<NetworkInterface>> DescribeNetworkInterfacesAsync(NetworkInterfaceQuery query, CancellationToken cancellationToken)
    {
        var response = await _caller.CallAsync(CloudActions.DescribeNetworkInterfaces, RequestWriter.Describe(query), cancellationToken).ConfigureAwait(false);
        return _reader.NetworkInterfaces(response);
    }

    /// <inheritdoc/>
    public async Task<string> UnassignPrivateIpsAsync(string networkInterfaceId, IReadOnlyList<string> privateIps, CancellationToken cancellationToken)
    {
        var action = CloudActions.UnassignPrivateIpAddresses;
        var response = await _caller.CallAsync(action, RequestWriter.Unassign(networkInterfaceId, privateIps), cancellationToken).ConfigureAwait(false);
        return CloudText.Id(response.RequestId) ?? throw CloudAnswer.Bad(action.Name, "the answer has no RequestId", null);
    }

    /// <inheritdoc/>
    public async Task<CloudTaskState> DescribeNetworkTaskAsync(string requestId, CancellationToken cancellationToken)
    {
        var action = CloudActions.DescribeVpcTaskResult;
        var response = await _caller.CallAsync(action, new DescribeVpcTaskResultRequest { TaskId = requestId }, cancellationToken).ConfigureAwait(false);
        return RecordReader.TaskState(action.Name, response.Status, response.RequestId);
    }

    /// <inheritdoc/>
    public async Task<Page<Instance>> DescribeInstancesAsync(InstanceQuery query, CancellationToken cancellationToken)
    {
        var response = await _caller.CallAsync(CloudActions.DescribeInstances, RequestWriter.Describe(query), cancellationToken).ConfigureAwait(false);
        return _reader.Instances(response);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FailedTagging>> TagAddressesAsync(IReadOnlyList<string> addressIds, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var action = CloudActions.TagResources;
        var response = await _caller.CallAsync(action, RequestWriter.Tag(_region, addressIds, tags), cancellationToken).ConfigureAwait(false);
        return RecordReader.FailedTaggings(response);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FailedTagging>> UntagAddressesAsync(IReadOnlyList<string> addressIds, IReadOnlyList<string> tagKeys, CancellationToken cancellationToken)
    {
        var action = CloudActions.UnTagResources;
        var response = await _caller.CallAsync(action, RequestWriter.Untag(_region, addressIds, tagKeys), cancellationToken).ConfigureAwait(false);
        return RecordReader.FailedTaggings(response);
    }

    /// <inheritdoc/>
    public async Task<Page<string>> FindAddressesByTagAsync(string tagKey, string tagValue, int offset, int limit, CancellationToken cancellationToken)
    {
        var request = RequestWriter.FindByTag(_region, tagKey, tagValue, offset, limit);
        var response = await _caller.CallAsync(CloudActions.DescribeResourcesByTags, request, cancellationToken).ConfigureAwait(false);
        return _reader.TaggedAddresses(response);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _owned?.Dispose();

    private async Task<long?> TaskOfAsync<TRequest>(CloudAction<TRequest, TaskResponse> action, TRequest request, CancellationToken cancellationToken) =>
        RecordReader.TaskId((await _caller.CallAsync(action, request, cancellationToken).ConfigureAwait(false)).TaskId);
}
