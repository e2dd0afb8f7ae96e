using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Model;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>B19: claims that a user makes before their Pod.</summary>
public sealed class ReservationTests(Stage stage) : SharedScene(stage)
{
    [Fact]
    public async Task A_fixed_claim_gets_its_address_at_once_and_its_Pod_takes_it_over()
    {
        var (scene, space) = await OpenAsync("reserve");
        var made = await scene.CreateClaimAsync(space, "game-0", """{"deletePolicy":"Never","attributes":{}}""", Ct);
        var kept = await ReservedAsync(scene, space, "game-0");
        Assert.Equal((100, "BGP", kept.Claim!.Status.PublicIp), (kept.Address!.Bandwidth, kept.Address.Isp, kept.Address.PublicIp));
        Assert.StartsWith("pf1-", kept.Address.Name, StringComparison.Ordinal);
        Assert.Equal(100, kept.Claim.Spec.Attributes!.BandwidthMbps);
        await scene.EventAsync(space, "EIPClaim", "game-0", EventReasons.AllocatedEIP, Ct);

        await scene.CreateAsync(space, Pods.New("game-0", isFixed: true), Ct);
        var bound = await scene.BoundAsync(space, "game-0", Ct);
        Assert.Equal((kept.Address.Id, made.Metadata.Uid), (bound.Address!.Id, bound.Claim!.Metadata.Uid));
    }

    [Fact]
    public async Task A_given_address_is_reserved_by_the_names_number_and_kept_from_others()
    {
        var (scene, space) = await OpenAsync("reserve");
        string[] given = [scene.GiveAddress().Id, scene.GiveAddress().Id];
        await scene.CreateClaimAsync(space, "game-1", $$"""{"deletePolicy":"Never","addressIds":["{{given[0]}}","{{given[1]}}"]}""", Ct);
        Assert.Equal(given[1], (await ReservedAsync(scene, space, "game-1")).Address!.Id);

        await scene.CreateClaimAsync(space, "game-5", $$"""{"deletePolicy":"Never","addressIds":["{{given[1]}}"]}""", Ct);
        var late = await scene.WaitsForAsync(space, "game-5", Reasons.AddressTakenByOtherClaim, Ct);
        Assert.Contains("game-1", late.Claim!.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
        await scene.DeleteClaimAsync(space, "game-1", Ct);
        Assert.Equal(given[1], (await ReservedAsync(scene, space, "game-5")).Address!.Id);

        await scene.CreateClaimAsync(space, "game-2", $$"""{"deletePolicy":"Never","addressIds":["{{given[0]}}","{{given[1]}}"]}""", Ct);
        await scene.WaitsForAsync(space, "game-2", Reasons.BeyondIdList, Ct);
    }

    [Fact]
    public async Task What_cannot_be_bought_is_said_with_the_reason_and_nothing_is_bought()
    {
        var (scene, space) = await OpenAsync("reserve");
        var cases = new (string Name, string Spec, string Reason, string[] Words)[]
        {
            ("none", """{"deletePolicy":"Never"}""", Reasons.InvalidRequest, ["attributes", "addressIds"]),
            ("prepaid", """{"deletePolicy":"Never","attributes":{"internetChargeType":"BANDWIDTH_PREPAID_BY_MONTH"}}""", Reasons.InvalidAnnotation, ["spec.attributes", "InternetChargeType", "BANDWIDTH_PREPAID_BY_MONTH", "operator"]),
            ("package", """{"deletePolicy":"Never","attributes":{"internetChargeType":"BANDWIDTH_PACKAGE"}}""", Reasons.InvalidAnnotation, ["spec.attributes", "BandwidthPackageId"]),
            ("greedy", """{"deletePolicy":"Never","attributes":{"bandwidthMbps":5000}}""", Reasons.InvalidRequest, ["5000"]),
            ("missing", """{"deletePolicy":"Never","addressIds":["eip-00000000"]}""", Reasons.AddressNotFound, ["eip-00000000"]),
        };
        foreach (var one in cases)
        {
            await scene.CreateClaimAsync(space, one.Name, one.Spec, Ct);
        }

        foreach (var one in cases)
        {
            var said = await scene.SeesAsync(space, one.Name, sight => sight.Reason == one.Reason, Ct, TimeSpan.FromSeconds(90));
            Assert.Equal((ClaimPhase.Failed, (string?)null), (said.Claim!.Status.Phase, said.Claim.Status.AddressId));
            Assert.All(one.Words, word => Assert.Contains(word, said.Claim.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal));
        }

        // Put right, it is served.
        await scene.PatchClaimAsync(space, "greedy", """{"spec":{"attributes":{"bandwidthMbps":5}}}""", Ct);
        Assert.Equal(5, (await ReservedAsync(scene, space, "greedy")).Address!.Bandwidth);
    }

    [Theory]
    [InlineData("""{"deletePolicy":"Never","attributes":{},"addressIds":["eip-00000001"]}""")]
    [InlineData("""{"deletePolicy":"Never","attributes":{"bandwidthMbps":0}}""")]
    [InlineData("""{"deletePolicy":"Never","attributes":{"internetServiceProvider":"ABC"}}""")]
    public async Task What_the_schema_forbids_is_not_stored(string spec)
    {
        var (scene, space) = await OpenAsync("reserve");
        Assert.True((await Assert.ThrowsAsync<KubeApiException>(() => scene.CreateClaimAsync(space, "bad", spec, Ct))).IsInvalid);
    }

    [Fact]
    public async Task A_claim_that_is_not_fixed_reserves_nothing_says_so_and_goes_with_its_Pod()
    {
        var (scene, space) = await OpenAsync("reserve");
        var made = await scene.CreateClaimAsync(space, "pod", """{"attributes":{}}""", Ct);
        var said = await scene.SeesAsync(space, "pod", sight => sight.Reason == Reasons.WaitingForPod, Ct);
        Assert.Contains("deletePolicy", said.Claim!.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
        Assert.Null(said.Claim.Status.AddressId);

        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        Assert.Equal(made.Metadata.Uid, (await scene.BoundAsync(space, "pod", Ct)).Claim!.Metadata.Uid);
        await scene.EndPodAsync(space, "pod", Ct);
        await scene.GoneAsync(space, "pod", Ct);
    }

    [Fact]
    public async Task A_fixed_claim_of_a_Pod_that_went_before_it_had_an_address_buys_nothing()
    {
        var (scene, space) = await OpenAsync("reserve");
        var pod = Pods.New("gone", isFixed: true).On("no-such-node");
        await scene.CreateAsync(space, pod, Ct);
        var made = await scene.SeesAsync(space, "gone", sight => sight.Claim is not null, Ct);
        Assert.Equal(PodEipNames.CreatedByController, made.Claim!.Metadata.Annotations![PodEipNames.CreatedBy]);
        await scene.EndPodAsync(space, "gone", Ct);
        var left = await scene.WaitsForAsync(space, "gone", Reasons.WaitingForPod, Ct);
        Assert.Null(left.Claim!.Status.AddressId);
    }

    private static Task<Sight> ReservedAsync(Scene scene, string space, string name) => scene.SeesAsync(
        space, name, sight => sight is { Pod: null, Claim.Status: { Phase: ClaimPhase.Retained, PublicIp: not null, RetainedSince: not null }, Address.Status: AddressStatus.Unbind }, Ct, TimeSpan.FromSeconds(90));
}
