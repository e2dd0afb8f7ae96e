using System.Collections.Frozen;
using System.Globalization;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Http;

/// <summary>Carries one action from wire parameters to a wire answer.</summary>
internal delegate WireAnswer ActionHandler(CloudModel model, Parameters p, CallContext context);

/// <summary>One handler per action.</summary>
internal static class ActionHandlers
{
    public static FrozenDictionary<string, ActionHandler> ByAction { get; } = new Dictionary<string, ActionHandler>(StringComparer.Ordinal)
    {
        ["AllocateAddresses"] = AllocateAddresses,
        ["AssociateAddress"] = (model, p, c) => Task(model.AssociateAddress(
            new AssociateAddressCall(p.RequiredText("AddressId"), p.Text("NetworkInterfaceId"), p.Text("PrivateIpAddress"), p.Text("InstanceId"), p.Boolean("EipDirectConnection") ?? false),
            c)),
        ["DisassociateAddress"] = (model, p, c) => Task(model.DisassociateAddress(
            new DisassociateAddressCall(p.RequiredText("AddressId"), p.Boolean("ReallocateNormalPublicIp") ?? false),
            c)),
        ["ReleaseAddresses"] = (model, p, c) => Task(model.ReleaseAddresses(new ReleaseAddressesCall(p.Texts("AddressIds")!), c)),
        ["DescribeAddresses"] = DescribeAddresses,
        ["ModifyAddressesBandwidth"] = (model, p, c) => Task(model.ModifyAddressesBandwidth(
            new ModifyAddressesBandwidthCall(p.Texts("AddressIds")!, p.Integer("InternetMaxBandwidthOut")!.Value),
            c)),
        ["ModifyAddressAttribute"] = ModifyAddressAttribute,
        ["DescribeAddressQuota"] = (model, _, c) => new WireQuotas(
            [.. model.DescribeAddressQuota(new DescribeAddressQuotaCall(), c).Quotas.Select(q => new WireQuota(q.Id, q.Current, q.Limit, null))]),
        ["DescribeTaskResult"] = DescribeTaskResult,
        ["DescribeVpcTaskResult"] = DescribeVpcTaskResult,
        ["DescribeNetworkInterfaces"] = DescribeNetworkInterfaces,
        ["UnassignPrivateIpAddresses"] = UnassignPrivateIpAddresses,
        ["DescribeSubnets"] = RouteHandlers.DescribeSubnets,
        ["DescribeRouteTables"] = RouteHandlers.DescribeRouteTables,
        ["CreateRoutes"] = RouteHandlers.CreateRoutes,
        ["ReplaceRoutes"] = RouteHandlers.ReplaceRoutes,
        ["DeleteRoutes"] = RouteHandlers.DeleteRoutes,
        ["DescribeNatGateways"] = RouteHandlers.DescribeNatGateways,
        ["DescribeInstances"] = DescribeInstances,
        ["TagResources"] = (model, p, c) => TagWrite(model.TagResources(
            new TagResourcesCall(p.Texts("ResourceList")!, [.. p.Structures("Tags").Select(t => KeyValuePair.Create(t.RequiredText("TagKey"), t.RequiredText("TagValue")))]),
            c)),
        ["UnTagResources"] = (model, p, c) => TagWrite(model.UnTagResources(new UnTagResourcesCall(p.Texts("ResourceList")!, p.Texts("TagKeys")!), c)),
        ["DescribeResourcesByTags"] = DescribeResourcesByTags,
        ["AssumeRole"] = (model, p, c) => model.AssumeRole(new AssumeRoleCall(p.RequiredText("RoleArn"), p.RequiredText("RoleSessionName"), p.Integer("DurationSeconds")), c).ToWire(),
        ["AssumeRoleWithWebIdentity"] = (model, p, c) => model.AssumeRoleWithWebIdentity(
            new AssumeRoleWithWebIdentityCall(
                p.RequiredText("ProviderId"),
                p.RequiredText("WebIdentityToken"),
                p.RequiredText("RoleArn"),
                p.RequiredText("RoleSessionName"),
                p.Integer("DurationSeconds")),
            c).ToWire(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Ids a call is about, for the call log.</summary>
    public static string SubjectOf(string action, Parameters p, ParameterSchema schema)
    {
        foreach (var name in new[] { "AddressId", "AddressIds", "NetworkInterfaceId", "AddressName", "ResourceList", "NetworkInterfaceIds", "InstanceIds", "SubnetIds", "RouteTableId", "RouteTableIds", "NatGatewayIds", "RoleArn" })
        {
            var text = schema.Find(name) switch
            {
                null => null,
                { IsList: true } => p.Texts(name) is { Count: > 0 } many ? string.Join(',', many) : null,
                _ => p.Text(name),
            };
            if (text is not null)
            {
                return text.Length <= 400 ? text : text[..400];
            }
        }

        return "";
    }

    private static WireTask Task(TaskAnswer answer) => new(Number(answer.TaskId));

    private static WireTagWrite TagWrite(TagWriteAnswer answer) => new([.. answer.Failed.Select(f => new WireFailedResource(f.Resource, f.Code, f.Message))]);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static WireAllocated AllocateAddresses(CloudModel model, Parameters p, CallContext context)
    {
        var answer = model.AllocateAddresses(
            new AllocateAddressesCall
            {
                Count = p.Integer("AddressCount"),
                Isp = p.Text("InternetServiceProvider"),
                ChargeType = p.Text("InternetChargeType"),
                Bandwidth = p.Integer("InternetMaxBandwidthOut"),
                Prepaid = p.Structure("AddressChargePrepaid") is { } terms ? new PrepaidTerms(terms.Integer("Period")!.Value, terms.Integer("AutoRenewFlag") ?? 0) : null,
                AddressType = p.Text("AddressType"),
                AnycastZone = p.Text("AnycastZone"),
                PublicIps = p.Texts("VipCluster") ?? [],
                Tags = [.. p.Structures("Tags").Select(t => KeyValuePair.Create(t.RequiredText("Key"), t.Text("Value") ?? ""))],
                BandwidthPackageId = p.Text("BandwidthPackageId"),
                Name = p.Text("AddressName"),
                Egress = p.Text("Egress"),
                AntiDDoSPackageId = p.Text("AntiDDoSPackageId"),
                ClientToken = p.Text("ClientToken"),
            },
            context);
        return new WireAllocated(answer.AddressIds, Number(answer.TaskId));
    }

    private static WireEmpty ModifyAddressAttribute(CloudModel model, Parameters p, CallContext context)
    {
        var direct = p.Text("EipDirectConnection")?.ToUpperInvariant() switch
        {
            null => (bool?)null,
            "TRUE" => true,
            "FALSE" => false,
            var other => throw new CloudFault("InvalidParameterValue", $"EipDirectConnection is `{other}`; allowed are TRUE and FALSE."),
        };
        model.ModifyAddressAttribute(new ModifyAddressAttributeCall(p.RequiredText("AddressId"), p.Text("AddressName"), direct), context);
        return new WireEmpty();
    }

    private static WireAddresses DescribeAddresses(CloudModel model, Parameters p, CallContext context)
    {
        var answer = model.DescribeAddresses(
            new DescribeAddressesCall { Ids = p.Texts("AddressIds"), Filters = Filters(p), Offset = p.Integer("Offset"), Limit = p.Integer("Limit") },
            context);
        return new WireAddresses(answer.TotalCount, [.. answer.Addresses.Select(a => a.ToWire())]);
    }

    private static WireTaskResult DescribeTaskResult(CloudModel model, Parameters p, CallContext context)
    {
        var answer = model.DescribeTaskResult(new DescribeTaskResultCall(p.Long("TaskId"), p.Text("DealName")), context);
        return new WireTaskResult(answer.TaskId, answer.Result.Text());
    }

    private static WireVpcTaskResult DescribeVpcTaskResult(CloudModel model, Parameters p, CallContext context)
    {
        var answer = model.DescribeVpcTaskResult(new DescribeVpcTaskResultCall(p.RequiredText("TaskId")), context);
        return new WireVpcTaskResult(answer.Status.Text(), answer.Output, null);
    }

    private static WireEnis DescribeNetworkInterfaces(CloudModel model, Parameters p, CallContext context)
    {
        var answer = model.DescribeNetworkInterfaces(
            new DescribeNetworkInterfacesCall { Ids = p.Texts("NetworkInterfaceIds"), Filters = Filters(p), Offset = p.Integer("Offset"), Limit = p.Integer("Limit") },
            context);
        var settings = model.Settings;
        return new WireEnis(answer.TotalCount, [.. answer.Enis.Select(e => e.ToWire(settings))]);
    }

    private static WireEmpty UnassignPrivateIpAddresses(CloudModel model, Parameters p, CallContext context)
    {
        model.UnassignPrivateIpAddresses(
            new UnassignPrivateIpAddressesCall(
                p.RequiredText("NetworkInterfaceId"),
                [.. p.Structures("PrivateIpAddresses").Select(i => i.RequiredText("PrivateIpAddress"))],
                p.Text("InstanceId")),
            context);
        return new WireEmpty();
    }

    private static WireInstances DescribeInstances(CloudModel model, Parameters p, CallContext context)
    {
        var answer = model.DescribeInstances(
            new DescribeInstancesCall { Ids = p.Texts("InstanceIds"), Filters = Filters(p), Offset = p.Integer("Offset"), Limit = p.Integer("Limit") },
            context);
        return new WireInstances(answer.TotalCount, [.. answer.Instances.Select(i => i.ToWire())]);
    }

    private static WireResourcesByTags DescribeResourcesByTags(CloudModel model, Parameters p, CallContext context)
    {
        if (p.Long("CreateUin") is { } uin && Number(uin) != model.Settings.Uin)
        {
            throw new CloudFault("InvalidParameterValue.UinInvalid", $"CreateUin is {uin}; this account is {model.Settings.Uin}.");
        }

        var answer = model.DescribeResourcesByTags(
            new DescribeResourcesByTagsCall
            {
                TagFilters = [.. p.Structures("TagFilters").Select(f => new TagFilter(f.RequiredText("TagKey"), f.Texts("TagValue") ?? []))],
                Offset = p.Integer("Offset"),
                Limit = p.Integer("Limit"),
                ResourcePrefix = p.Text("ResourcePrefix"),
                ResourceId = p.Text("ResourceId"),
                ResourceRegion = p.Text("ResourceRegion"),
                ServiceType = p.Text("ServiceType"),
            },
            context);
        var region = model.Settings.Region;
        return new WireResourcesByTags(
            answer.TotalCount,
            answer.Offset,
            answer.Limit,
            [.. answer.Rows.Select(r => new WireResourceTag(region, r.ServiceType, r.ResourcePrefix, r.ResourceId, [.. r.Tags.Select(t => new WireTagServiceTag(t.Key, t.Value))]))]);
    }

    internal static List<CloudFilter>? Filters(Parameters p) =>
        p.Structures("Filters") is { Count: > 0 } filters ? [.. filters.Select(f => new CloudFilter(f.RequiredText("Name"), f.Texts("Values")!))] : null;
}
