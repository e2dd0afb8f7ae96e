using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>Annotations that come to, go from, and change on a Pod that runs (B18, B6), and specs that count without one.</summary>
public sealed class LiveChangeTests(Stage stage) : SharedScene(stage)
{
    [Fact]
    public async Task An_annotation_added_attaches_and_one_removed_detaches()
    {
        var (scene, space) = await OpenAsync("live");
        await scene.CreateAsync(space, Pods.New("pod", attributes: null), Ct);
        await scene.SeesAsync(space, "pod", sight => sight.Pod?.Status.Phase == "Running", Ct);

        await scene.AnnotateAsync(space, "pod", Ct, ("eip-attributes", """{"Bandwidth":"10"}"""));
        var bound = await scene.BoundAsync(space, "pod", Ct);
        Assert.Equal(10, bound.Address!.Bandwidth);

        await scene.AnnotateAsync(space, "pod", Ct, ("eip-attributes", null));
        var without = await scene.SeesAsync(space, "pod", sight => sight is { Claim: null, PublicIp: null }, Ct);
        Assert.Equal((bound.Pod!.Metadata.Uid, "Running"), (without.Pod!.Metadata.Uid, without.Pod.Status.Phase));
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(bound.Address.Id) is null, cancellation: Ct);
        Assert.Null(scene.Model.AddressAt(bound.Address.EniId!, bound.Address.PrivateIp!));
    }

    [Fact]
    public async Task A_fixed_address_is_kept_when_the_annotation_goes_and_returns_with_it()
    {
        var (scene, space) = await OpenAsync("live");
        await scene.CreateAsync(space, Pods.New("pod", isFixed: true), Ct);
        var bound = await scene.BoundAsync(space, "pod", Ct);

        await scene.AnnotateAsync(space, "pod", Ct, ("eip-attributes", null));
        var kept = await scene.SeesAsync(space, "pod", sight => sight is { Claim.Status.Phase: ClaimPhase.Retained, PublicIp: null, Address.Status: AddressStatus.Unbind }, Ct);
        Assert.Equal(bound.Address!.Id, kept.Address!.Id);

        await scene.AnnotateAsync(space, "pod", Ct, ("eip-attributes", ""));
        Assert.Equal(bound.Address.Id, (await scene.BoundAsync(space, "pod", Ct)).Address!.Id);
    }

    [Fact]
    public async Task A_given_address_comes_and_goes_with_the_list()
    {
        var (scene, space) = await OpenAsync("live");
        var given = scene.GiveAddress().Id;
        await scene.CreateAsync(space, Pods.New("pod", attributes: null), Ct);
        await scene.SeesAsync(space, "pod", sight => sight.Pod?.Status.Phase == "Running", Ct);
        await scene.AnnotateAsync(space, "pod", Ct, ("eip-id-list", given));
        Assert.Equal(given, (await scene.BoundAsync(space, "pod", Ct)).Address!.Id);
        await scene.AnnotateAsync(space, "pod", Ct, ("eip-id-list", null));
        await scene.SeesAsync(space, "pod", sight => sight is { Claim: null, PublicIp: null }, Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(given) is { Status: AddressStatus.Unbind }, cancellation: Ct);
    }

    [Fact]
    public async Task A_claim_that_loses_its_policy_under_a_living_Pod_ends_with_the_Pod()
    {
        var (scene, space) = await OpenAsync("live");
        await scene.CreateAsync(space, Pods.New("pod", isFixed: true), Ct);
        var bound = await scene.BoundAsync(space, "pod", Ct);
        await scene.AnnotateAsync(space, "pod", Ct, ("eip-claim-delete-policy", null));
        await scene.SeesAsync(space, "pod", sight => sight is { IsBound: true, Claim.Spec.DeletePolicy: not Api.Demands.DeletePolicy.Never }, Ct);
        await scene.EndPodAsync(space, "pod", Ct);
        await scene.GoneAsync(space, "pod", Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(bound.Address!.Id) is null, cancellation: Ct);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_bandwidth_of_a_bound_address_follows_the_annotation(bool isFixed)
    {
        var (scene, space) = await OpenAsync("live");
        await scene.CreateAsync(space, Pods.New("pod", """{"Bandwidth":"10"}""", isFixed), Ct);
        var bound = await scene.BoundAsync(space, "pod", Ct);
        Assert.Equal((10, 10), (bound.Claim!.Status.BandwidthMbps, bound.Address!.Bandwidth));
        await scene.AnnotateAsync(space, "pod", Ct, ("eip-attributes", """{"Bandwidth":"30"}"""));
        var wider = await scene.SeesAsync(space, "pod", sight => sight is { IsBound: true, Claim.Status.BandwidthMbps: 30, Address.Bandwidth: 30 }, Ct);
        Assert.Equal((bound.Address.Id, bound.Claim.Metadata.Uid, 30), (wider.Address!.Id, wider.Claim!.Metadata.Uid, wider.Claim.Spec.Attributes!.BandwidthMbps));
        await scene.EventAsync(space, "Pod", "pod", EventReasons.ResizedEIP, Ct);
    }

    [Fact]
    public async Task A_bandwidth_that_the_cloud_refuses_is_said_and_the_Pod_stays_bound()
    {
        var (scene, space) = await OpenAsync("live");
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        var bound = await scene.BoundAsync(space, "pod", Ct);
        await scene.AnnotateAsync(space, "pod", Ct, ("eip-attributes", """{"Bandwidth":"5000"}"""));
        var refused = await scene.SeesAsync(space, "pod", sight => sight.Reason == Reasons.InvalidRequest, Ct);
        Assert.True(refused.IsBound);
        Assert.Equal((bound.Address!.Id, 100), (refused.Address!.Id, refused.Address.Bandwidth));
        var told = await scene.EventAsync(space, "Pod", "pod", EventReasons.FailedResizeEIP, Ct);
        Assert.Contains("ModifyAddressesBandwidth", told.Message, StringComparison.Ordinal);

        await scene.AnnotateAsync(space, "pod", Ct, ("eip-attributes", """{"Bandwidth":"50"}"""));
        await scene.SeesAsync(space, "pod", sight => sight is { IsBound: true, Reason: Reasons.Bound, Address.Bandwidth: 50, Claim.Status.BandwidthMbps: 50 }, Ct);
    }

    [Fact]
    public async Task Another_line_gives_a_claim_that_is_not_fixed_another_address()
    {
        var (scene, space) = await OpenAsync("live");
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        var bound = await scene.BoundAsync(space, "pod", Ct);
        await scene.AnnotateAsync(space, "pod", Ct, ("eip-attributes", """{"ISP":"CMCC"}"""));
        var other = await scene.SeesAsync(space, "pod", sight => sight is { IsBound: true, Address.Isp: "CMCC" }, Ct);
        Assert.Equal((bound.Pod!.Metadata.Uid, bound.Claim!.Metadata.Uid), (other.Pod!.Metadata.Uid, other.Claim!.Metadata.Uid));
        Assert.NotEqual(bound.Address!.Id, other.Address!.Id);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(bound.Address.Id) is null, description: "the first address to be released", cancellation: Ct);
    }

    [Fact]
    public async Task A_fixed_claim_keeps_its_line_and_says_so_until_the_wish_is_taken_back()
    {
        var (scene, space) = await OpenAsync("live");
        await scene.CreateAsync(space, Pods.New("pod", isFixed: true), Ct);
        var bound = await scene.BoundAsync(space, "pod", Ct);
        await scene.AnnotateAsync(space, "pod", Ct, ("eip-attributes", """{"ISP":"CMCC"}"""));
        var said = await scene.SeesAsync(space, "pod", sight => sight.Reason == Reasons.AttributesImmutable, Ct);
        Assert.True(said.IsBound);
        Assert.Equal((bound.Address!.Id, "BGP"), (said.Address!.Id, said.Claim!.Spec.Attributes!.InternetServiceProvider));
        Assert.Contains("InternetServiceProvider CMCC instead of BGP", said.Claim.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
        Assert.Equal("Warning", (await scene.EventAsync(space, "Pod", "pod", EventReasons.AttributesImmutable, Ct)).Type);

        await scene.AnnotateAsync(space, "pod", Ct, ("eip-attributes", ""));
        await scene.SeesAsync(space, "pod", sight => sight is { IsBound: true, Reason: Reasons.Bound }, Ct);
    }

    [Fact]
    public async Task Own_and_given_addresses_change_into_each_other_under_a_living_Pod()
    {
        var (scene, space) = await OpenAsync("live");
        var given = scene.GiveAddress().Id;
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        var own = await scene.BoundAsync(space, "pod", Ct);
        await scene.AnnotateAsync(space, "pod", Ct, ("eip-id-list", given), ("eip-attributes", null));
        await scene.SeesAsync(space, "pod", sight => sight.IsBound && sight.Address!.Id == given, Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(own.Address!.Id) is null, description: "the bought address to be released", cancellation: Ct);

        await scene.AnnotateAsync(space, "pod", Ct, ("eip-id-list", null), ("eip-attributes", ""));
        await scene.SeesAsync(space, "pod", sight => sight is { IsBound: true, Claim.Status.Origin: AddressOrigin.Own }, Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(given) is { Status: AddressStatus.Unbind }, description: "the given address to be free", cancellation: Ct);
    }

    [Fact]
    public async Task A_kept_address_changes_with_the_spec()
    {
        var (scene, space) = await OpenAsync("live");
        var kept = await ExpiryTests.RetainedAsync(scene, space, Pods.New("pod", isFixed: true));
        await scene.PatchClaimAsync(space, "pod", """{"spec":{"attributes":{"bandwidthMbps":30}}}""", Ct);
        await scene.SeesAsync(space, "pod", sight => sight is { Claim.Status: { Phase: ClaimPhase.Retained, BandwidthMbps: 30 }, Address.Bandwidth: 30 }, Ct);

        await scene.PatchClaimAsync(space, "pod", """{"spec":{"attributes":{"internetServiceProvider":"CMCC"}}}""", Ct);
        var said = await scene.SeesAsync(space, "pod", sight => sight.Reason == Reasons.AttributesImmutable, Ct);
        Assert.Equal((ClaimPhase.Retained, kept.Address!.Id, "BGP"), (said.Claim!.Status.Phase, said.Address!.Id, said.Address.Isp));

        // The Pod comes back, and what it asks for is what the address is.
        await scene.CreateAsync(space, Pods.New("pod", """{"Bandwidth":"30"}""", isFixed: true), Ct);
        Assert.Equal(kept.Address.Id, (await scene.SeesAsync(space, "pod", sight => sight is { IsBound: true, Reason: Reasons.Bound }, Ct)).Address!.Id);
    }

    [Fact]
    public async Task A_policy_that_comes_and_goes_takes_the_mark_along()
    {
        var (scene, space) = await OpenAsync("live");
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        await scene.BoundAsync(space, "pod", Ct);
        await scene.AnnotateAsync(space, "pod", Ct, ("eip-claim-delete-policy", "Never"));
        await scene.SeesAsync(space, "pod", sight => sight.IsBound && sight.Address!.Name!.StartsWith("pf1-", StringComparison.Ordinal), Ct);
        await scene.AnnotateAsync(space, "pod", Ct, ("eip-claim-delete-policy", null));
        await scene.SeesAsync(space, "pod", sight => sight.IsBound && sight.Address!.Name!.StartsWith("px1-", StringComparison.Ordinal), Ct);
    }

    [Fact]
    public async Task A_bandwidth_that_somebody_changed_is_put_back()
    {
        var (scene, space) = await OpenAsync("live");
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        var bound = await scene.BoundAsync(space, "pod", Ct);
        scene.Model.ModifyAddressesBandwidth(new CloudSim.Model.Calls.ModifyAddressesBandwidthCall([bound.Address!.Id], 3));
        await scene.EventAsync(space, "Pod", "pod", EventReasons.DriftedEIP, Ct);
        await scene.SeesAsync(space, "pod", sight => sight is { IsBound: true, Reason: Reasons.Bound, Address.Bandwidth: 100 }, Ct);
    }
}
