using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Adoption;
using PodEip.Claims.Marks;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Tests.Adoption;

public sealed class AdoptionPlanTests
{
    private static readonly ClusterMark From = new("cls-old", "uid-old");
    private static readonly ClusterMark To = new("cls-new", "uid-new");

    private static Address Old(string id = Given.Id, string? name = null) => new()
    {
        Id = id,
        Status = AddressStatus.Unbound,
        Name = name ?? Given.FixedName,
        PublicIp = Given.PublicIp,
        Tags = From.Tags,
        InternetServiceProvider = "CMCC",
        InternetChargeType = "BANDWIDTH_POSTPAID_BY_HOUR",
        BandwidthMbps = 7,
        AddressType = "HighQualityEIP",
        CreatedAt = Given.Now,
    };

    private static AdoptionView View(params Address[] addresses) => new()
    {
        From = From,
        To = To,
        Addresses = addresses,
        Names = [new KnownName(Given.Key, "--names"), new KnownName(Given.Key, "a Pod")],
        Namespaces = new HashSet<string> { Given.Key.Namespace },
    };

    private static AdoptionRecord Plan(AdoptionView view, bool all = false) => Assert.Single(AdoptionPlan.Of(view, all));

    [Fact]
    public void A_known_name_gets_its_address_and_a_claim_after_the_address()
    {
        var plan = Plan(View(Old()));
        Assert.Equal((AdoptionAction.Adopt, Given.Key, "--names"), (plan.Action, plan.Claim, plan.Source));
        Assert.Equal(
            new EipClaimSpec
            {
                DeletePolicy = DeletePolicy.Never,
                Attributes = new AddressAttributes { BandwidthMbps = 7, InternetServiceProvider = "CMCC", InternetChargeType = "BANDWIDTH_POSTPAID_BY_HOUR", AddressType = "HighQualityEIP" },
            },
            plan.NewClaim);
    }

    [Fact]
    public void Words_that_no_claim_may_hold_are_left_out() =>
        Assert.Equal(
            new AddressAttributes(),
            AdoptedSpec.Of(Old() with { BandwidthMbps = 0, InternetServiceProvider = "XYZ", InternetChargeType = "NEW_KIND", AddressType = "EIP" }).Attributes);

    [Fact]
    public void A_fixed_claim_that_has_none_gets_it_and_no_other_claim_is_made() =>
        Assert.True(Plan(View(Old()) with { Claims = [Given.Claim().Fixed()] }) is { Action: AdoptionAction.Adopt, NewClaim: null });

    [Fact]
    public void A_claim_restored_with_its_old_status_keeps_what_it_names() =>
        Assert.Equal(AdoptionAction.Adopt, Plan(View(Old()) with { Claims = [Given.Claim().Fixed().Retained()] }).Action);

    [Fact]
    public void An_unknown_name_is_orphaned_and_left_unless_all_are_taken()
    {
        var view = View(Old(name: "pf1-aaaaaaaaaaaaaa"));
        Assert.True(Plan(view) is { Action: AdoptionAction.Leave, IsOrphaned: true, Claim: null });
        Assert.True(Plan(view, all: true) is { Action: AdoptionAction.AdoptOrphan, IsOrphaned: false, NewClaim: null });
    }

    [Theory]
    [InlineData("has another")]
    [InlineData("not fixed")]
    [InlineData("given")]
    [InlineData("deleted")]
    public void A_claim_that_can_not_have_it_keeps_it_where_it_is(string claim)
    {
        var there = claim switch
        {
            "has another" => Given.Claim().Fixed().Retained("eip-new"),
            "not fixed" => Given.Claim(),
            "given" => Given.Claim().Fixed().Listing("eip-one"),
            _ => Given.Claim().Fixed().Deleted(),
        };
        var plan = Plan(View(Old()) with { Claims = [there] }, all: true);
        Assert.True(plan is { Action: AdoptionAction.Leave, IsOrphaned: true });
        Assert.Contains(Given.Key.ToString(), plan.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AddressStatus.Bound)]
    [InlineData(AddressStatus.Binding)]
    [InlineData(AddressStatus.Unbinding)]
    [InlineData(AddressStatus.Offlining)]
    [InlineData(AddressStatus.Unknown)]
    public void What_is_not_free_is_left(AddressStatus status)
    {
        Assert.Equal(AdoptionAction.Leave, Plan(View(Old() with { Status = status, Target = Given.Here })).Action);
        Assert.Equal(AdoptionAction.Leave, Plan(View(Old(name: "pf1-aaaaaaaaaaaaaa") with { Status = status }), all: true).Action);
    }

    [Fact]
    public void Without_its_namespace_no_claim_can_be_made() =>
        Assert.Contains("namespace shop", Plan(View(Old()) with { Namespaces = new HashSet<string>() }).Why, StringComparison.Ordinal);

    [Fact]
    public void What_is_not_fixed_is_only_listed() =>
        Assert.True(Plan(View(Old(name: "pe1-abcdefgh-abcdef")), all: true) is { Action: AdoptionAction.Leave, IsFixed: false, IsOrphaned: false });

    [Fact]
    public void Of_two_with_one_mark_the_older_is_taken()
    {
        var plan = AdoptionPlan.Of(View(Old("eip-b") with { CreatedAt = Given.Now.AddDays(-1) }, Old("eip-a")), orphansToo: true);
        Assert.Equal([("eip-a", AdoptionAction.Leave), ("eip-b", AdoptionAction.Adopt)], plan.Select(r => (r.Address.Id, r.Action)));
    }

    [Fact]
    public void What_this_cluster_has_of_that_name_comes_first()
    {
        var plan = AdoptionPlan.Of(View(Old("eip-old"), Old("eip-new") with { Tags = To.Tags, CreatedAt = Given.Now.AddDays(1) }) with { Claims = [Given.Claim().Fixed()] }, orphansToo: true);
        Assert.Equal((AdoptionAction.Leave, "eip-old"), (Assert.Single(plan).Action, plan[0].Address.Id));
    }

    [Fact]
    public void A_run_that_was_cut_off_between_tag_and_claim_is_completed()
    {
        var tagged = View(Old() with { Tags = To.Tags });
        Assert.True(Plan(tagged) is { Action: AdoptionAction.Complete, NewClaim: not null });
        Assert.Empty(AdoptionPlan.Of(tagged with { Claims = [Given.Claim().Fixed()] }, orphansToo: true));
    }

    [Fact]
    public void Addresses_of_a_third_cluster_are_not_seen() =>
        Assert.Empty(AdoptionPlan.Of(View(Old() with { Tags = new ClusterMark("cls-old", "uid-third").Tags }), orphansToo: true));
}
