using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.TencentCloud;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.TestKit.Cloud;

/// <summary>
/// The simulated cloud as <see cref="IElasticIpCloud"/> in process, without HTTP, with the adapter's error classes. A call ends
/// synchronously unless a delay was injected, and time is the clock of the gate: a fake one makes every history repeatable.
/// </summary>
/// <param name="gate">The gate of the model; faults and rate limits are set there.</param>
/// <param name="time">The clock of gate and model.</param>
/// <param name="secretId">Key whose permissions count; null for one that may do all.</param>
/// <param name="observer">Hears of every call.</param>
/// <param name="callTimeout">Longest wait for a delayed answer, after which the call is unclear; 10 s when null.</param>
public sealed partial class ModelCloud(CloudGate gate, TimeProvider time, string? secretId = null, ICloudCallObserver? observer = null, TimeSpan? callTimeout = null) : IElasticIpCloud
{
    private readonly SimulatedCaller _caller = new(gate, secretId);
    private readonly TimeSpan _callTimeout = callTimeout ?? TimeSpan.FromSeconds(10);

    /// <summary>The gate: faults, rates, the call log, and the model behind it.</summary>
    public CloudGate Gate { get; } = gate;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> AllocateAddressesAsync(AllocateAddressesRequest request, CancellationToken cancellationToken)
    {
        var call = new AllocateAddressesCall
        {
            Count = request.Count,
            ClientToken = request.ClientToken,
            Name = request.Name,
            Tags = [.. request.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)],
            Isp = request.InternetServiceProvider,
            ChargeType = request.InternetChargeType,
            Bandwidth = request.BandwidthMbps,
            AddressType = request.AddressType,
            BandwidthPackageId = request.BandwidthPackageId,
            AnycastZone = request.AnycastZone,
            Egress = request.Egress,
            Prepaid = request.PrepaidMonths is { } months ? new PrepaidTerms(months) : null,
        };
        return (await CallAsync("AllocateAddresses", _caller.AllocateAddressesAsync, call, cancellationToken)).AddressIds;
    }

    /// <inheritdoc/>
    public async Task<long?> AssociateAddressAsync(string addressId, NetworkTarget target, CancellationToken cancellationToken) =>
        (await CallAsync("AssociateAddress", _caller.AssociateAddressAsync, new AssociateAddressCall(addressId, target.NetworkInterfaceId, target.PrivateIp), cancellationToken)).TaskId;

    /// <inheritdoc/>
    public async Task<long?> DisassociateAddressAsync(string addressId, CancellationToken cancellationToken) =>
        (await CallAsync("DisassociateAddress", _caller.DisassociateAddressAsync, new DisassociateAddressCall(addressId), cancellationToken)).TaskId;

    /// <inheritdoc/>
    public async Task<long?> ReleaseAddressesAsync(IReadOnlyList<string> addressIds, CancellationToken cancellationToken) =>
        (await CallAsync("ReleaseAddresses", _caller.ReleaseAddressesAsync, new ReleaseAddressesCall(RequestWriter.NotEmpty(addressIds)), cancellationToken)).TaskId;

    /// <inheritdoc/>
    public async Task<Page<Address>> DescribeAddressesAsync(AddressQuery query, CancellationToken cancellationToken)
    {
        var wire = RequestWriter.Describe(query);
        var call = new DescribeAddressesCall { Ids = wire.AddressIds, Filters = ModelRecords.Filters(wire.Filters), Offset = wire.Offset, Limit = wire.Limit };
        var answer = await CallAsync("DescribeAddresses", _caller.DescribeAddressesAsync, call, cancellationToken);
        return new Page<Address>([.. answer.Addresses.Select(ModelRecords.Read)], answer.TotalCount);
    }

    /// <inheritdoc/>
    public async Task<long?> ModifyBandwidthAsync(IReadOnlyList<string> addressIds, int bandwidthMbps, CancellationToken cancellationToken) =>
        (await CallAsync("ModifyAddressesBandwidth", _caller.ModifyAddressesBandwidthAsync, new ModifyAddressesBandwidthCall(RequestWriter.NotEmpty(addressIds), bandwidthMbps), cancellationToken)).TaskId;

    /// <inheritdoc/>
    public Task RenameAddressAsync(string addressId, string name, CancellationToken cancellationToken) =>
        CallAsync(
            "ModifyAddressAttribute",
            async (call, ct) =>
            {
                await _caller.ModifyAddressAttributeAsync(call, ct);
                return true;
            },
            new ModifyAddressAttributeCall(addressId, name),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AddressQuota>> DescribeQuotaAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync("DescribeAddressQuota", (_, ct) => _caller.DescribeAddressQuotaAsync(ct), 0, cancellationToken);
        return [.. answer.Quotas.Select(quota => new AddressQuota(quota.Id, quota.Current, quota.Limit))];
    }

    /// <inheritdoc/>
    public async Task<CloudTaskState> DescribeTaskAsync(long taskId, CancellationToken cancellationToken)
    {
        try
        {
            return ModelRecords.Read((await CallAsync("DescribeTaskResult", _caller.DescribeTaskResultAsync, new DescribeTaskResultCall(taskId), cancellationToken)).Result);
        }
        catch (CloudException e) when (e.Code is "FailedOperation.TaskFailed")
        {
            // As in the adapter: the cloud tells of a failed task either way.
            return CloudTaskState.Failed;
        }
    }

    /// <inheritdoc/>
    public async Task<Page<NetworkInterface>> DescribeNetworkInterfacesAsync(NetworkInterfaceQuery query, CancellationToken cancellationToken)
    {
        var wire = RequestWriter.Describe(query);
        var call = new DescribeNetworkInterfacesCall { Ids = wire.NetworkInterfaceIds, Filters = ModelRecords.Filters(wire.Filters), Offset = wire.Offset, Limit = wire.Limit };
        var answer = await CallAsync("DescribeNetworkInterfaces", _caller.DescribeNetworkInterfacesAsync, call, cancellationToken);
        return new Page<NetworkInterface>([.. answer.Enis.Select(ModelRecords.Read)], answer.TotalCount);
    }

    /// <inheritdoc/>
    public async Task<string> UnassignPrivateIpsAsync(string networkInterfaceId, IReadOnlyList<string> privateIps, CancellationToken cancellationToken) =>
        (await CallAsync("UnassignPrivateIpAddresses", _caller.UnassignPrivateIpAddressesAsync, new UnassignPrivateIpAddressesCall(networkInterfaceId, RequestWriter.NotEmpty(privateIps)), cancellationToken)).RequestId;

    /// <inheritdoc/>
    public async Task<CloudTaskState> DescribeNetworkTaskAsync(string requestId, CancellationToken cancellationToken) =>
        ModelRecords.Read((await CallAsync("DescribeVpcTaskResult", _caller.DescribeVpcTaskResultAsync, new DescribeVpcTaskResultCall(requestId), cancellationToken)).Status);

    /// <inheritdoc/>
    public async Task<Page<Instance>> DescribeInstancesAsync(InstanceQuery query, CancellationToken cancellationToken)
    {
        var wire = RequestWriter.Describe(query);
        var call = new DescribeInstancesCall { Ids = wire.InstanceIds, Filters = ModelRecords.Filters(wire.Filters), Offset = wire.Offset, Limit = wire.Limit };
        var answer = await CallAsync("DescribeInstances", _caller.DescribeInstancesAsync, call, cancellationToken);
        return new Page<Instance>([.. answer.Instances.Select(ModelRecords.Read)], answer.TotalCount);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FailedTagging>> TagAddressesAsync(IReadOnlyList<string> addressIds, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var wire = RequestWriter.Tag(Gate.Model.Settings.Region, addressIds, tags);
        var call = new TagResourcesCall(wire.ResourceList, [.. wire.Tags.Select(tag => KeyValuePair.Create(tag.TagKey, tag.TagValue))]);
        return ModelRecords.Read(await CallAsync("TagResources", _caller.TagResourcesAsync, call, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FailedTagging>> UntagAddressesAsync(IReadOnlyList<string> addressIds, IReadOnlyList<string> tagKeys, CancellationToken cancellationToken)
    {
        var wire = RequestWriter.Untag(Gate.Model.Settings.Region, addressIds, tagKeys);
        return ModelRecords.Read(await CallAsync("UnTagResources", _caller.UnTagResourcesAsync, new UnTagResourcesCall(wire.ResourceList, wire.TagKeys), cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<Page<string>> FindAddressesByTagAsync(string tagKey, string tagValue, int offset, int limit, CancellationToken cancellationToken)
    {
        var call = new DescribeResourcesByTagsCall
        {
            TagFilters = [new TagFilter(tagKey, [tagValue])],
            ServiceType = "vpc",
            ResourcePrefix = "eip",
            ResourceRegion = Gate.Model.Settings.Region,
            Offset = offset,
            Limit = limit,
        };
        var answer = await CallAsync("DescribeResourcesByTags", _caller.DescribeResourcesByTagsAsync, call, cancellationToken);
        return new Page<string>([.. answer.Rows.Select(row => row.ResourceId)], answer.TotalCount);
    }

    private async Task<TAnswer> CallAsync<TCall, TAnswer>(string action, Func<TCall, CancellationToken, Task<TAnswer>> send, TCall call, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        CloudException? failure = null;
        var cancelled = false;
        try
        {
            var sent = send(call, cancellationToken);
            return await (sent.IsCompleted ? sent : sent.WaitAsync(_callTimeout, time, cancellationToken));
        }
        catch (CloudFault fault)
        {
            throw failure = new CloudException(ErrorTable.Classify(action, fault.Code), action, fault.Code, fault.CloudMessage);
        }
        catch (AnswerDroppedException e)
        {
            throw failure = new CloudException(CloudErrorClass.Unclear, action, "Transport.Failed", "the exchange with the model broke", innerException: e);
        }
        catch (TimeoutException e)
        {
            throw failure = new CloudException(CloudErrorClass.Unclear, action, "Transport.Timeout", $"no answer from the model within {_callTimeout.TotalSeconds} s", innerException: e);
        }
        catch (OperationCanceledException)
        {
            cancelled = true;
            throw;
        }
        finally
        {
            observer?.Completed(new CloudCall(action, failure?.ErrorClass, failure?.Code, time.GetElapsedTime(started), cancelled));
        }
    }
}
