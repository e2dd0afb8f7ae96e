using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using static PodEip.CloudSim.Tests.TestCloud;

namespace PodEip.CloudSim.Tests.Model;

public sealed class PurchaseTests
{
    private static readonly AllocateAddressesCall Call = new() { Count = 2, ClientToken = "token-1", Name = "pe-1", Tags = [new("k", "v")] };

    [Fact]
    public void A_known_token_gives_the_first_answer_and_buys_nothing()
    {
        var cloud = new TestCloud();

        var first = cloud.Model.AllocateAddresses(Call);
        var second = cloud.Model.AllocateAddresses(Call with { });

        Assert.Equal(first.AddressIds, second.AddressIds);
        Assert.Equal(first.TaskId, second.TaskId);
        Assert.Equal(2, cloud.Model.Addresses.Count);
    }

    [Fact]
    public void A_token_answers_even_when_the_quota_is_used_up()
    {
        var cloud = new TestCloud(new CloudSettings { TotalQuota = 2 });

        Assert.Equal(cloud.Model.AllocateAddresses(Call).AddressIds, cloud.Model.AllocateAddresses(Call).AddressIds);
    }

    [Fact]
    public void Other_parameters_under_a_known_token_are_refused_or_not_by_switch()
    {
        var cloud = new TestCloud();
        var first = cloud.Model.AllocateAddresses(Call);

        Assert.Equal("UnsupportedOperation.IdempotentParameterMismatch", CodeOf(() => cloud.Model.AllocateAddresses(Call with { Count = 3 })));
        cloud.Model.Settings = cloud.Model.Settings with { TokenMismatch = TokenMismatch.FirstAnswer };
        Assert.Equal(first.AddressIds, cloud.Model.AllocateAddresses(Call with { Count = 3 }).AddressIds);
    }

    [Fact]
    public void A_token_is_forgotten_in_time_and_ignored_by_switch()
    {
        var cloud = new TestCloud();
        cloud.Model.AllocateAddresses(Call);
        cloud.Wait(3600);
        cloud.Model.AllocateAddresses(Call);
        Assert.Equal(4, cloud.Model.Addresses.Count);

        cloud.Model.Settings = cloud.Model.Settings with { ClientTokensIgnored = true };
        cloud.Model.AllocateAddresses(Call);
        Assert.Equal(6, cloud.Model.Addresses.Count);
    }

    [Fact]
    public void A_refused_purchase_is_not_remembered()
    {
        var cloud = new TestCloud(new CloudSettings { TotalQuota = 1 });
        Assert.Equal("AddressQuotaLimitExceeded", CodeOf(() => cloud.Model.AllocateAddresses(Call)));
        cloud.Model.Settings = cloud.Model.Settings with { TotalQuota = 20 };

        Assert.Equal(2, cloud.Model.AllocateAddresses(Call).AddressIds.Count);
    }

    [Fact]
    public void All_of_a_purchase_share_name_and_attributes()
    {
        var cloud = new TestCloud();
        var ids = cloud.BuyMany(3, c => c with { Name = "pe-x", Isp = "CTCC", Bandwidth = 7, Egress = "center_egress3", ChargeType = "BANDWIDTH_POSTPAID_BY_HOUR", Tags = [new("a", "1"), new("b", "2")] });

        var rows = cloud.List().Addresses;

        Assert.Equal(ids, rows.Select(r => r.Id));
        Assert.All(rows, r => Assert.Equal(("pe-x", "CTCC", 7, "center_egress3", "BANDWIDTH_POSTPAID_BY_HOUR", "2"), (r.Name, r.Isp, r.Bandwidth, r.Egress, r.ChargeType, r.Tags["b"])));
        Assert.Equal(3, rows.Select(r => r.PublicIp).Distinct().Count());
    }

    [Fact]
    public void Switches_cut_take_or_number_names()
    {
        var cloud = new TestCloud(new CloudSettings { LongNames = LongNames.Cut });
        var name = new string('n', 25);
        Assert.Equal(name[..20], cloud.Model.FindAddress(cloud.Buy(c => c with { Name = name }))!.Name);

        cloud.Model.Settings = cloud.Model.Settings with { LongNames = LongNames.Take };
        Assert.Equal(name, cloud.Model.FindAddress(cloud.Buy(c => c with { Name = name }))!.Name);

        cloud.Model.Settings = cloud.Model.Settings with { NameIndex = true };
        var ids = cloud.BuyMany(2, c => c with { Name = "n" });
        Assert.Equal(["n_1", "n_2"], ids.Select(i => cloud.Model.FindAddress(i)!.Name));
    }

    [Fact]
    public void Tags_may_appear_late()
    {
        var cloud = new TestCloud(new CloudSettings { TagDelay = TimeSpan.FromSeconds(10) });
        var id = cloud.Buy(c => c with { Tags = [new("k", "v")] });
        Assert.Empty(cloud.Model.FindAddress(id)!.Tags);
        Assert.Empty(cloud.List(CloudFilter.Of("tag:k", "v")).Addresses);

        cloud.Wait(10);

        Assert.Equal("v", cloud.Model.FindAddress(id)!.Tags["k"]);
        Assert.Single(cloud.List(CloudFilter.Of("tag:k", "v")).Addresses);
    }

    [Fact]
    public void A_legacy_account_has_neither_bandwidth_nor_charge_type()
    {
        var cloud = new TestCloud(new CloudSettings { LegacyAccount = true });

        var address = cloud.Model.FindAddress(cloud.Buy())!;

        Assert.Equal((null, null), (address.Bandwidth, address.ChargeType));
    }

    [Fact]
    public void Ids_never_repeat()
    {
        var source = new IdSource(1, 0);

        Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(_ => source.Make("eip-")).Distinct().Count());
    }
}
