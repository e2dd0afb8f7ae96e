using PodEip.Api.Resources;
using PodEip.ClusterTests.Scenes;
using PodEip.CloudSim.Model;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Cases;

/// <summary>Annotations that come to, and go from, a Pod that runs (B18).</summary>
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
}
