using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Gate;

/// <summary>The API in process: gate, then model, without HTTP. Throws <see cref="CloudFault"/> and <see cref="AnswerDroppedException"/>.</summary>
/// <param name="gate">The gate.</param>
/// <param name="secretId">Key whose permissions and rates count; null for a trusted caller with rates of its own.</param>
public sealed class SimulatedCaller(CloudGate gate, string? secretId = null)
{
    /// <summary>AllocateAddresses.</summary>
    public Task<AllocateAddressesAnswer> AllocateAddressesAsync(AllocateAddressesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.AllocateAddresses, call.Name, c => gate.Model.AllocateAddresses(call, c), cancellationToken);

    /// <summary>AssociateAddress.</summary>
    public Task<TaskAnswer> AssociateAddressAsync(AssociateAddressCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.AssociateAddress, call.AddressId, c => gate.Model.AssociateAddress(call, c), cancellationToken);

    /// <summary>DisassociateAddress.</summary>
    public Task<TaskAnswer> DisassociateAddressAsync(DisassociateAddressCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DisassociateAddress, call.AddressId, c => gate.Model.DisassociateAddress(call, c), cancellationToken);

    /// <summary>ReleaseAddresses.</summary>
    public Task<TaskAnswer> ReleaseAddressesAsync(ReleaseAddressesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.ReleaseAddresses, string.Join(',', call.AddressIds), c => gate.Model.ReleaseAddresses(call, c), cancellationToken);

    /// <summary>DescribeAddresses.</summary>
    public Task<DescribeAddressesAnswer> DescribeAddressesAsync(DescribeAddressesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DescribeAddresses, null, c => gate.Model.DescribeAddresses(call, c), cancellationToken);

    /// <summary>ModifyAddressesBandwidth.</summary>
    public Task<TaskAnswer> ModifyAddressesBandwidthAsync(ModifyAddressesBandwidthCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.ModifyAddressesBandwidth, string.Join(',', call.AddressIds), c => gate.Model.ModifyAddressesBandwidth(call, c), cancellationToken);

    /// <summary>ModifyAddressAttribute.</summary>
    public Task ModifyAddressAttributeAsync(ModifyAddressAttributeCall call, CancellationToken cancellationToken) =>
        PassAsync(
            CloudActions.ModifyAddressAttribute,
            call.AddressId,
            c =>
            {
                gate.Model.ModifyAddressAttribute(call, c);
                return true;
            },
            cancellationToken);

    /// <summary>DescribeAddressQuota.</summary>
    public Task<DescribeAddressQuotaAnswer> DescribeAddressQuotaAsync(CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DescribeAddressQuota, null, c => gate.Model.DescribeAddressQuota(new DescribeAddressQuotaCall(), c), cancellationToken);

    /// <summary>DescribeTaskResult.</summary>
    public Task<DescribeTaskResultAnswer> DescribeTaskResultAsync(DescribeTaskResultCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DescribeTaskResult, null, c => gate.Model.DescribeTaskResult(call, c), cancellationToken);

    /// <summary>DescribeVpcTaskResult.</summary>
    public Task<DescribeVpcTaskResultAnswer> DescribeVpcTaskResultAsync(DescribeVpcTaskResultCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DescribeVpcTaskResult, call.TaskId, c => gate.Model.DescribeVpcTaskResult(call, c), cancellationToken);

    /// <summary>DescribeNetworkInterfaces.</summary>
    public Task<DescribeNetworkInterfacesAnswer> DescribeNetworkInterfacesAsync(DescribeNetworkInterfacesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DescribeNetworkInterfaces, null, c => gate.Model.DescribeNetworkInterfaces(call, c), cancellationToken);

    /// <summary>UnassignPrivateIpAddresses.</summary>
    public Task<EniTaskAnswer> UnassignPrivateIpAddressesAsync(UnassignPrivateIpAddressesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.UnassignPrivateIpAddresses, call.EniId, c => gate.Model.UnassignPrivateIpAddresses(call, c), cancellationToken);

    /// <summary>DescribeSubnets.</summary>
    public Task<DescribeSubnetsAnswer> DescribeSubnetsAsync(DescribeSubnetsCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DescribeSubnets, null, c => gate.Model.DescribeSubnets(call, c), cancellationToken);

    /// <summary>DescribeRouteTables.</summary>
    public Task<DescribeRouteTablesAnswer> DescribeRouteTablesAsync(DescribeRouteTablesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DescribeRouteTables, null, c => gate.Model.DescribeRouteTables(call, c), cancellationToken);

    /// <summary>CreateRoutes.</summary>
    public Task<CreateRoutesAnswer> CreateRoutesAsync(CreateRoutesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.CreateRoutes, call.TableId, c => gate.Model.CreateRoutes(call, c), cancellationToken);

    /// <summary>ReplaceRoutes.</summary>
    public Task<ReplaceRoutesAnswer> ReplaceRoutesAsync(ReplaceRoutesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.ReplaceRoutes, call.TableId, c => gate.Model.ReplaceRoutes(call, c), cancellationToken);

    /// <summary>DeleteRoutes.</summary>
    public Task<DeleteRoutesAnswer> DeleteRoutesAsync(DeleteRoutesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DeleteRoutes, call.TableId, c => gate.Model.DeleteRoutes(call, c), cancellationToken);

    /// <summary>DescribeNatGateways.</summary>
    public Task<DescribeNatGatewaysAnswer> DescribeNatGatewaysAsync(DescribeNatGatewaysCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DescribeNatGateways, null, c => gate.Model.DescribeNatGateways(call, c), cancellationToken);

    /// <summary>DescribeInstances.</summary>
    public Task<DescribeInstancesAnswer> DescribeInstancesAsync(DescribeInstancesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DescribeInstances, null, c => gate.Model.DescribeInstances(call, c), cancellationToken);

    /// <summary>TagResources.</summary>
    public Task<TagWriteAnswer> TagResourcesAsync(TagResourcesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.TagResources, string.Join(',', call.Resources), c => gate.Model.TagResources(call, c), cancellationToken);

    /// <summary>UnTagResources.</summary>
    public Task<TagWriteAnswer> UnTagResourcesAsync(UnTagResourcesCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.UnTagResources, string.Join(',', call.Resources), c => gate.Model.UnTagResources(call, c), cancellationToken);

    /// <summary>DescribeResourcesByTags.</summary>
    public Task<DescribeResourcesByTagsAnswer> DescribeResourcesByTagsAsync(DescribeResourcesByTagsCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.DescribeResourcesByTags, null, c => gate.Model.DescribeResourcesByTags(call, c), cancellationToken);

    /// <summary>AssumeRole.</summary>
    public Task<AssumeRoleAnswer> AssumeRoleAsync(AssumeRoleCall call, CancellationToken cancellationToken) =>
        PassAsync(CloudActions.AssumeRole, call.RoleArn, c => gate.Model.AssumeRole(call, c), cancellationToken);

    private async Task<T> PassAsync<T>(CloudAction action, string? subject, Func<CallContext, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new GateRequest(action, secretId, gate.Model.NewRequestId()) { Subject = subject ?? "" };
        return await gate.PassAsync(request, work, cancellationToken);
    }
}
