using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using static PodEip.CloudSim.Tests.TestCloud;

namespace PodEip.CloudSim.Tests.Model;

/// <summary>Every refusal the model knows, by action.</summary>
public sealed class RefusalTests
{
    private static readonly Dictionary<string, (string Code, Action<TestCloud> Call)> Cases = new()
    {
        ["count zero"] = ("InvalidParameterValue.Range", c => Buy(c, new() { Count = 0 })),
        ["count eleven"] = ("InvalidParameterValue.Range", c => Buy(c, new() { Count = 11 })),
        ["unknown line"] = ("InvalidParameterValue", c => Buy(c, new() { Isp = "XYZ" })),
        ["line not allowed"] = ("UnsupportedOperation.AccountNotSupported", c => Buy(With(c, s => s with { Isps = ["BGP"] }), new() { Isp = "CMCC" })),
        ["unknown charge type"] = ("InvalidParameterValue", c => Buy(c, new() { ChargeType = "FREE" })),
        ["bandwidth zero"] = ("InvalidParameterValue.BandwidthTooSmall", c => Buy(c, new() { Bandwidth = 0 })),
        ["bandwidth above"] = ("InvalidParameterValue.BandwidthOutOfRange", c => Buy(c, new() { Bandwidth = 101 })),
        ["prepaid without terms"] = ("InvalidParameterValue.Combination", c => Buy(c, new() { ChargeType = "BANDWIDTH_PREPAID_BY_MONTH" })),
        ["terms without prepaid"] = ("InvalidParameterValue.Combination", c => Buy(c, new() { Prepaid = new(1) })),
        ["bad period"] = ("InvalidParameterValue.Range", c => Buy(c, new() { ChargeType = "BANDWIDTH_PREPAID_BY_MONTH", Prepaid = new(13) })),
        ["package without charge type"] = ("InvalidParameterValue.Combination", c => Buy(c, new() { BandwidthPackageId = "bwp-1" })),
        ["malformed package"] = ("InvalidParameterValue.BandwidthPackageIdMalformed", c => Buy(c, new() { ChargeType = "BANDWIDTH_PACKAGE", BandwidthPackageId = "x" })),
        ["unknown package"] = ("InvalidParameterValue.BandwidthPackageNotFound", c => Buy(c, new() { ChargeType = "BANDWIDTH_PACKAGE", BandwidthPackageId = "bwp-1" })),
        ["anycast zone on EIP"] = ("InvalidParameterValue.Combination", c => Buy(c, new() { AnycastZone = "ANYCAST_ZONE_GLOBAL" })),
        ["egress on BGP"] = ("InvalidParameterValue.Combination", c => Buy(c, new() { Egress = "center_egress2" })),
        ["unknown type"] = ("InvalidParameterValue", c => Buy(c, new() { AddressType = "WanIP" })),
        ["anti-DDoS without package"] = ("InvalidParameterValue.Combination", c => Buy(c, new() { AddressType = "AntiDDoSEIP" })),
        ["name too long"] = ("InvalidParameterValue.TooLong", c => Buy(c, new() { Name = new string('a', 21) })),
        ["name with space"] = ("InvalidParameterValue", c => Buy(c, new() { Name = "a b" })),
        ["bad tag"] = ("InvalidParameterValue.InvalidTag", c => Buy(c, new() { Tags = [new("k", "*")] })),
        ["reserved tag"] = ("InvalidParameterValue.InvalidTag", c => Buy(c, new() { Tags = [new("tencent-x", "v")] })),
        ["eleven tags"] = ("LimitExceeded.TagQuota", c => Buy(c, new() { Tags = [.. Enumerable.Range(0, 11).Select(i => KeyValuePair.Create($"k{i}", "v"))] })),
        ["unknown tag refused"] = ("InvalidParameterValue.TagNotExisted", c => Buy(With(c, s => s with { UnknownTags = UnknownTags.Refuse }), new() { Tags = [new("k", "v")] })),
        ["tag values used up"] = ("LimitExceeded.TagQuota", c => Buy(With(c, s => s with { MaxTagValues = 0 }), new() { Tags = [new("known", "new")] })),
        ["token too long"] = ("InvalidParameterValue", c => Buy(c, new() { ClientToken = new string('t', 65) })),
        ["no money"] = ("FailedOperation.BalanceInsufficient", c => Buy(With(c, s => s with { NoBalance = true }), new())),
        ["no public IPs"] = ("ResourceInsufficient", c => Buy(With(c, s => s with { PublicRanges = ["203.0.113.0/31"] }), new() { Count = 2 })),
        ["bandwidth on a legacy account"] = ("UnsupportedOperation.AccountNotSupported", c => Buy(With(c, s => s with { LegacyAccount = true }), new() { Bandwidth = 1 })),

        ["associate malformed"] = ("InvalidParameterValue.AddressIdMalformed", c => c.Bind("EIP-1")),
        ["associate unknown"] = ("InvalidAddressId.NotFound", c => c.Bind("eip-0")),
        ["associate both targets"] = ("InvalidParameterConflict", c => c.Model.AssociateAddress(new(c.Buy(), c.Eni, c.Ips[0], "ins-1"))),
        ["associate no target"] = ("InvalidParameterValue.MissingAssociateEntity", c => c.Model.AssociateAddress(new(c.Buy()))),
        ["associate without IP"] = ("MissingParameter", c => c.Model.AssociateAddress(new(c.Buy(), c.Eni))),
        ["associate unknown ENI"] = ("InvalidNetworkInterfaceId.NotFound", c => c.Model.AssociateAddress(new(c.Buy(), "eni-0", c.Ips[0]))),
        ["associate IP elsewhere"] = ("InvalidNetworkInterfaceId.NotFound", c => c.Model.AssociateAddress(new(c.Buy(), c.Eni, "10.0.9.9"))),
        ["associate unknown CVM"] = ("InvalidInstanceId.NotFound", c => c.Model.AssociateAddress(new(c.Buy(), InstanceId: "ins-0"))),
        ["associate blocked"] = ("InvalidAddressId.Blocked", c => c.Bind(Flag(c, a => a with { IsBlocked = true }))),
        ["associate in arrears"] = ("OperationDenied.AddressInArrears", c => c.Bind(Flag(c, a => a with { IsArrears = true }))),
        ["associate bound to other IP"] = ("InvalidParameterValue.PrivateIpAddressNotMatch", c => c.Bind(c.BuyBound(0), 1)),
        ["associate bound to other ENI"] = ("InvalidParameterValue.NetworkInterfaceIdNotMatch", c => c.Model.AssociateAddress(new(c.BuyBound(), "eni-2", "10.0.0.99"))),
        ["associate bound here"] = ("UnsupportedOperation.AddressStatusNotPermit", c => c.Bind(c.BuyBound(0), 0)),
        ["associate taken IP"] = ("InvalidPrivateIpAddress.AlreadyBindEip", c => { c.BuyBound(0); c.Bind(c.Buy(), 0); }),
        ["associate taken CVM"] = ("InvalidInstanceId.AlreadyBindEip", c => { BindCvm(c); BindCvm(c); }),
        ["associate pending IP"] = ("UnsupportedOperation.InstanceStateNotSupported", c => c.Model.AssociateAddress(new(c.Buy(), c.Eni, c.Model.AssignPrivateIps(c.Eni, 1, instant: false)[0]))),
        ["associate stopped CVM"] = ("UnsupportedOperation.InstanceStatusNotPermit", c => { c.Model.ChangeCvm("ins-1", v => v with { State = "STOPPED", StopChargingMode = "STOP_CHARGING" }); c.Bind(c.Buy()); }),
        ["associate starting CVM"] = ("UnsupportedOperation.InstanceStateNotSupported", c => { c.Model.ChangeCvm("ins-1", v => v with { State = "STARTING" }); c.Bind(c.Buy()); }),
        ["associate over CVM limit"] = ("LimitExceeded.InstanceAddressQuota", c => { c.BuyBound(0); c.BuyBound(1); c.BuyBound(2); c.Bind(c.Buy(), 3); }),
        ["associate ordinary IP there"] = ("InvalidParameterValue.InstanceHasWanIP", c => { c.Model.CreateCvm("subnet-1", 8, "ins-2", withPublicIp: true); c.Model.AssociateAddress(new(c.Buy(), InstanceId: "ins-2")); }),
        ["associate ordinary address"] = ("UnsupportedOperation.IncorrectAddressResourceType", c => { c.Model.CreateCvm("subnet-1", 8, "ins-2", withPublicIp: true); c.Bind(c.Model.Addresses[0].Id); }),

        ["disassociate malformed"] = ("InvalidParameterValue.AddressIdMalformed", c => c.Unbind("x")),
        ["disassociate unknown"] = ("InvalidAddressId.NotFound", c => c.Unbind("eip-0")),
        ["disassociate free"] = ("InvalidAddressIdStatus.NotPermit", c => c.Unbind(c.Buy())),
        ["disassociate from NAT"] = ("UnsupportedOperation.AddressStatusNotPermit", c => { var id = c.Buy(); c.Model.ForceBindInstance(id, "nat-1", "NAT"); c.Unbind(id); }),
        ["reallocate on a secondary ENI"] = ("InvalidParameterValue.OnlySupportedForMasterNetworkCard", c => c.Model.DisassociateAddress(new(c.BuyBound(), true))),
        ["reallocate too often"] = ("AddressQuotaLimitExceeded.DailyAllocate", c => { c.Model.SetDailyCounts(0, 0, 10); c.Model.DisassociateAddress(new(BindCvm(c), true)); }),

        ["release malformed"] = ("InvalidParameterValue.AddressIdMalformed", c => c.Release("x")),
        ["release none"] = ("MissingParameter", c => c.Release()),
        ["release eleven"] = ("InvalidParameterValue.LimitExceeded", c => c.Release([.. Enumerable.Range(0, 11).Select(i => $"eip-{i}")])),
        ["release unknown with known"] = ("InvalidAddressId.NotFound", c => c.Release(c.Buy(), "eip-0")),
        ["release bound"] = ("InvalidAddressState", c => c.Release(c.BuyBound())),
        ["release mixed charge"] = ("InvalidParameterValue.AddressInternetChargeTypeConflict", c => c.Release(c.Buy(), c.Buy(x => x with { ChargeType = "BANDWIDTH_POSTPAID_BY_HOUR" }))),
        ["release mixed types"] = ("InvalidParameterValue.AddressTypeConflict", c => c.Release(c.Buy(), c.Buy(x => x with { AddressType = "HighQualityEIP" }))),

        ["modify unknown"] = ("InvalidAddressId.NotFound", c => c.Model.ModifyAddressesBandwidth(new(["eip-0"], 5))),
        ["modify too small"] = ("InvalidParameterValue.BandwidthTooSmall", c => c.Model.ModifyAddressesBandwidth(new([c.Buy()], 0))),
        ["modify too much"] = ("InvalidParameterValue.BandwidthOutOfRange", c => c.Model.ModifyAddressesBandwidth(new([c.Buy()], 101))),
        ["modify in arrears"] = ("OperationDenied.AddressInArrears", c => c.Model.ModifyAddressesBandwidth(new([Flag(c, a => a with { IsArrears = true })], 5))),
        ["modify mixed charge"] = ("InvalidParameterValue.InconsistentInstanceInternetChargeType", c => c.Model.ModifyAddressesBandwidth(new([c.Buy(), c.Buy(x => x with { ChargeType = "BANDWIDTH_POSTPAID_BY_HOUR" })], 5))),
        ["modify eleven"] = ("InvalidParameterValue.LimitExceeded", c => c.Model.ModifyAddressesBandwidth(new([.. Enumerable.Range(0, 11).Select(i => $"eip-{i}")], 5))),
        ["rename unknown"] = ("InvalidAddressId.NotFound", c => c.Model.ModifyAddressAttribute(new("eip-0", "n"))),
        ["rename too long"] = ("InvalidParameterValue.TooLong", c => c.Model.ModifyAddressAttribute(new(c.Buy(), new string('n', 21)))),
        ["direct connection when free"] = ("UnsupportedOperation.AddressStatusNotPermit", c => c.Model.ModifyAddressAttribute(new(c.Buy(), null, true))),
        ["task unknown"] = ("InvalidParameter", c => c.Model.DescribeTaskResult(new(7))),
        ["task unnamed"] = ("MissingParameter", c => c.Model.DescribeTaskResult(new(null))),
        ["vpc task malformed"] = ("InvalidParameterValue", c => c.Model.DescribeVpcTaskResult(new("7"))),
        ["vpc task unknown"] = ("ResourceNotFound", c => c.Model.DescribeVpcTaskResult(new(Guid.Empty.ToString()))),

        ["describe limit"] = ("InvalidParameterValue.LimitExceeded", c => c.Model.DescribeAddresses(new() { Limit = 101 })),
        ["describe offset"] = ("InvalidParameter", c => c.Model.DescribeAddresses(new() { Offset = -1 })),
        ["describe filter"] = ("InvalidParameter.InvalidFilter", c => c.List(CloudFilter.Of("nonsense", "x"))),
        ["describe eleven filters"] = ("LimitExceeded.NumberOfFilters", c => c.List([.. Enumerable.Repeat(CloudFilter.Of("address-isp", "BGP"), 11)])),
        ["describe many values"] = ("InvalidParameterValue.LimitExceeded", c => c.List(new CloudFilter("address-ip", [.. Enumerable.Repeat("1.1.1.1", 101)]))),
        ["describe ids and filter"] = ("InvalidParameter", c => c.Model.DescribeAddresses(new() { Ids = ["eip-1"], Filters = [CloudFilter.Of("address-id", "eip-1")] })),
        ["describe malformed id"] = ("InvalidParameterValue.AddressIdMalformed", c => c.Model.DescribeAddresses(new() { Ids = ["x"] })),
        ["enis ids and filters"] = ("InvalidParameter.Coexist", c => c.Model.DescribeNetworkInterfaces(new() { Ids = [c.Eni], Filters = [CloudFilter.Of("vpc-id", "vpc-1")] })),
        ["enis filter"] = ("InvalidParameter.FilterInvalidKey", c => c.Model.DescribeNetworkInterfaces(new() { Filters = [CloudFilter.Of("nonsense", "x")] })),
        ["enis limit"] = ("InvalidParameterValue.LimitExceeded", c => c.Model.DescribeNetworkInterfaces(new() { Limit = 101 })),
        ["enis offset"] = ("InvalidParameterValue.Range", c => c.Model.DescribeNetworkInterfaces(new() { Offset = -1 })),
        ["enis malformed"] = ("InvalidParameterValue.Malformed", c => c.Model.DescribeNetworkInterfaces(new() { Ids = ["x"] })),
        ["enis missing, strict"] = ("ResourceNotFound", c => With(c, s => s with { MissingEnisRefused = true }).Model.DescribeNetworkInterfaces(new() { Ids = ["eni-0"] })),
        ["instances ids and filters"] = ("InvalidParameter", c => c.Model.DescribeInstances(new() { Ids = ["ins-1"], Filters = [CloudFilter.Of("zone", "z")] })),
        ["instances filter"] = ("InvalidFilter", c => c.Model.DescribeInstances(new() { Filters = [CloudFilter.Of("nonsense", "x")] })),
        ["instances six values"] = ("InvalidFilterValue.LimitExceeded", c => c.Model.DescribeInstances(new() { Filters = [CloudFilter.Of("zone", "1", "2", "3", "4", "5", "6")] })),
        ["instances malformed"] = ("InvalidInstanceId.Malformed", c => c.Model.DescribeInstances(new() { Ids = ["x"] })),

        ["unassign unknown ENI"] = ("ResourceNotFound", c => c.Model.UnassignPrivateIpAddresses(new("eni-0", ["10.0.0.1"]))),
        ["unassign malformed ENI"] = ("InvalidParameterValue.Malformed", c => c.Model.UnassignPrivateIpAddresses(new("x", ["10.0.0.1"]))),
        ["unassign malformed IP"] = ("InvalidParameterValue.Malformed", c => c.Model.UnassignPrivateIpAddresses(new(c.Eni, ["10.0.0"]))),
        ["unassign unknown IP"] = ("ResourceNotFound", c => c.Model.UnassignPrivateIpAddresses(new(c.Eni, ["10.9.9.9"]))),
        ["unassign primary"] = ("UnsupportedOperation", c => c.Model.UnassignPrivateIpAddresses(new(c.Eni, [c.Model.FindEni(c.Eni)!.Ips[0].Ip]))),
        ["unassign twice"] = ("InvalidParameterValue.DuplicatePara", c => c.Model.UnassignPrivateIpAddresses(new(c.Eni, [c.Ips[0], c.Ips[0]]))),
        ["unassign eleven"] = ("InvalidParameterValue.LimitExceeded", c => c.Model.UnassignPrivateIpAddresses(new(c.Eni, [.. Enumerable.Range(0, 11).Select(i => $"10.0.0.{i}")]))),
        ["unassign wrong CVM"] = ("UnsupportedOperation.AttachmentNotFound", c => c.Model.UnassignPrivateIpAddresses(new(c.Eni, [c.Ips[0]], "ins-0"))),
        ["unassign while ENI busy"] = ("UnsupportedOperation.MutexOperationTaskRunning", c => { c.Model.UnassignPrivateIpAddresses(new(c.Eni, [c.Ips[0]])); c.Model.UnassignPrivateIpAddresses(new(c.Eni, [c.Ips[1]])); }),
        ["unassign while binding"] = ("UnsupportedOperation.MutexOperationTaskRunning", c => { c.Bind(c.Buy()); c.Model.UnassignPrivateIpAddresses(new(c.Eni, [c.Ips[0]])); }),

        ["tag malformed resource"] = ("InvalidParameterValue.ResourceDescriptionError", c => Tag(c, "eip-1", "k", "v")),
        ["tag other service"] = ("InvalidParameter.UnsupportedService", c => Tag(c, "qcs::cos:ap-guangzhou:uin/:bucket/b", "k", "v")),
        ["tag reserved"] = ("InvalidParameter.ReservedTagKey", c => Tag(c, Name("eip-1"), "project-x", "v")),
        ["tag empty key"] = ("InvalidParameterValue.TagKeyEmpty", c => Tag(c, Name("eip-1"), "", "v")),
        ["tag long key"] = ("InvalidParameterValue.TagKeyLengthExceeded", c => Tag(c, Name("eip-1"), new string('k', 128), "v")),
        ["tag bad key"] = ("InvalidParameterValue.TagKeyCharacterIllegal", c => Tag(c, Name("eip-1"), "k*", "v")),
        ["tag empty value"] = ("InvalidParameterValue.TagValueEmpty", c => Tag(c, Name("eip-1"), "k", "")),
        ["tag long value"] = ("InvalidParameterValue.TagValueLengthExceeded", c => Tag(c, Name("eip-1"), "k", new string('v', 256))),
        ["tag bad value"] = ("InvalidParameterValue.TagValueCharacterIllegal", c => Tag(c, Name("eip-1"), "k", "v?")),
        ["tag key twice"] = ("InvalidParameterValue.TagKeyDuplicate", c => c.Model.TagResources(new([Name("eip-1")], [new("k", "1"), new("k", "2")]))),
        ["tag eleven resources"] = ("LimitExceeded.ResourceNumPerRequest", c => c.Model.TagResources(new([.. Enumerable.Range(0, 11).Select(i => Name($"eip-{i}"))], [new("k", "v")]))),
        ["tag eleven tags"] = ("LimitExceeded.TagNumPerRequest", c => c.Model.TagResources(new([Name("eip-1")], [.. Enumerable.Range(0, 11).Select(i => KeyValuePair.Create($"k{i}", "v"))]))),
        ["tag values of the account"] = ("LimitExceeded.TagValue", c => { With(c, s => s with { MaxTagValues = 1 }); Tag(c, Name("eip-1"), "k", "1"); Tag(c, Name("eip-1"), "k", "2"); }),
        ["by tags none"] = ("InvalidParameterValue.TagFilters", c => c.Model.DescribeResourcesByTags(new() { TagFilters = [] })),
        ["by tags seven"] = ("InvalidParameterValue.TagFiltersLengthExceeded", c => c.Model.DescribeResourcesByTags(new() { TagFilters = [.. Enumerable.Range(0, 7).Select(i => new TagFilter($"k{i}", []))] })),
        ["by tags offset"] = ("InvalidParameterValue", c => c.Model.DescribeResourcesByTags(new() { TagFilters = [new("k", [])], Offset = 7, Limit = 10 })),

        ["role unknown"] = ("ResourceNotFound.RoleNotFound", c => c.Model.AssumeRole(new("qcs::cam::uin/100000000001:roleName/none", "session"))),
        ["role malformed"] = ("InvalidParameter.ParamError", c => c.Model.AssumeRole(new("none", "session"))),
        ["role session"] = ("InvalidParameter.ParamError", c => c.Model.AssumeRole(new("qcs::cam::uin/:roleName/none", "a b"))),
        ["role duration"] = ("InvalidParameter.OverTimeError", c => c.Model.AssumeRole(new("qcs::cam::uin/:roleName/none", "session", 43201))),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Refused(string name)
    {
        var cloud = new TestCloud();
        cloud.Model.SetAccountTag("known", "value", exists: true);
        var (code, call) = Cases[name];

        Assert.Equal(code, CodeOf(() => call(cloud)));
    }

    [Fact]
    public void A_refused_batch_leaves_every_address_alone()
    {
        var cloud = new TestCloud();
        var (free, bound) = (cloud.Buy(), cloud.BuyBound());

        Assert.Equal("InvalidAddressState", CodeOf(() => cloud.Release(free, bound)));

        Assert.Equal(AddressStatus.Unbind, cloud.StatusOf(free));
        cloud.Release(free);
    }

    private static void Buy(TestCloud cloud, AllocateAddressesCall call) => cloud.Model.AllocateAddresses(call);

    private static void Tag(TestCloud cloud, string resource, string key, string value) => cloud.Model.TagResources(new([resource], [new(key, value)]));

    private static string Name(string id) => $"qcs::vpc:ap-guangzhou:uin/:eip/{id}";

    private static string BindCvm(TestCloud cloud)
    {
        var id = cloud.Buy();
        cloud.Model.AssociateAddress(new(id, InstanceId: "ins-1"));
        cloud.Wait();
        return id;
    }

    private static string Flag(TestCloud cloud, Func<ElasticAddress, ElasticAddress> change) => cloud.Model.ChangeAddress(cloud.Buy(), change).Id;

    private static TestCloud With(TestCloud cloud, Func<CloudSettings, CloudSettings> change)
    {
        cloud.Model.Settings = change(cloud.Model.Settings);
        return cloud;
    }
}
