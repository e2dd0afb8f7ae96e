using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;
using k8s.Models;

namespace PodEip.LifeTests.Cases;

/// <summary>S10, B10: how long a kept address is kept, by the Pod's annotation and the claim's spec.</summary>
public sealed class ExpiryTests(Stage stage) : SharedScene(stage)
{
    [Fact]
    public async Task A_kept_address_whose_time_is_over_is_given_back()
    {
        var (scene, space) = await OpenAsync("expiry");
        var kept = await RetainedAsync(scene, space, Expiring("keeper", "5m"));
        Assert.Equal("5m0s", kept.Claim!.Spec.ExpireAfter);
        Assert.Contains("until", kept.Claim.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);

        await scene.RetainedBeforeAsync(space, "keeper", TimeSpan.FromMinutes(6), Ct);
        await scene.GoneAsync(space, "keeper", Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(kept.Address!.Id) is null, description: "the address to be released", cancellation: Ct);
        var told = await scene.EventAsync(space, "EIPClaim", "keeper", EventReasons.ExpiredEIP, Ct);
        Assert.Equal("Normal", told.Type);
        Assert.Contains(kept.Address!.Id, told.Message, StringComparison.Ordinal);
        Assert.Contains("5m", told.Message, StringComparison.Ordinal);
        await scene.EventAsync(space, "EIPClaim", "keeper", EventReasons.ReleasedEIP, Ct);
    }

    [Fact]
    public async Task A_given_address_outlives_the_time_of_its_claim()
    {
        var (scene, space) = await OpenAsync("expiry");
        var given = scene.GiveAddress().Id;
        var pod = Pods.Given("keeper", given);
        pod.Metadata.Annotations[Pods.Prefix + "eip-claim-delete-policy"] = "Never";
        pod.Metadata.Annotations[Pods.Prefix + "claim-expired-duration"] = "5m";
        await RetainedAsync(scene, space, pod);
        await scene.RetainedBeforeAsync(space, "keeper", TimeSpan.FromMinutes(6), Ct);
        await scene.GoneAsync(space, "keeper", Ct);

        await scene.CreateAsync(space, Pods.Given("next", given), Ct);
        Assert.Equal(given, (await scene.BoundAsync(space, "next", Ct)).Address!.Id);
    }

    [Fact]
    public async Task A_Pod_that_returns_in_time_stops_it()
    {
        var (scene, space) = await OpenAsync("expiry");
        var kept = await RetainedAsync(scene, space, Expiring("keeper", "5m"));
        await scene.RetainedBeforeAsync(space, "keeper", TimeSpan.FromMinutes(4), Ct);
        await scene.CreateAsync(space, Expiring("keeper", "5m"), Ct);
        var again = await scene.BoundAsync(space, "keeper", Ct);
        Assert.Equal((kept.Address!.Id, (DateTimeOffset?)null), (again.Address!.Id, again.Claim!.Status.RetainedSince));
    }

    [Fact]
    public async Task A_time_that_is_too_short_is_refused_with_the_reason_and_the_Pod_is_served()
    {
        var (scene, space) = await OpenAsync("expiry");
        await scene.CreateAsync(space, Expiring("keeper", "1m"), Ct);
        var bound = await scene.BoundAsync(space, "keeper", Ct);
        Assert.Null(bound.Claim!.Spec.ExpireAfter);
        foreach (var kind in (string[])["Pod", "EIPClaim"])
        {
            var told = await scene.EventAsync(space, kind, "keeper", EventReasons.InvalidEIPAttributes, Ct);
            Assert.Equal("Warning", told.Type);
            Assert.All([Pods.Prefix + "claim-expired-duration", "\"1m\"", "5m"], word => Assert.Contains(word, told.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_time_follows_the_annotation_of_a_living_Pod()
    {
        var (scene, space) = await OpenAsync("expiry");
        await scene.CreateAsync(space, Expiring("keeper", "5m"), Ct);
        await scene.BoundAsync(space, "keeper", Ct);
        await scene.AnnotateAsync(space, "keeper", Ct, ("claim-expired-duration", "1h30m"));
        await scene.SeesAsync(space, "keeper", sight => sight is { IsBound: true, Claim.Spec.ExpireAfter: "1h30m0s" }, Ct);
        await scene.AnnotateAsync(space, "keeper", Ct, ("claim-expired-duration", "soon"));
        var told = await scene.EventAsync(space, "Pod", "keeper", EventReasons.InvalidEIPAttributes, Ct);
        Assert.Contains("soon", told.Message, StringComparison.Ordinal);
        Assert.Equal("1h30m0s", (await scene.BoundAsync(space, "keeper", Ct)).Claim!.Spec.ExpireAfter);
        await scene.AnnotateAsync(space, "keeper", Ct, ("claim-expired-duration", null));
        await scene.SeesAsync(space, "keeper", sight => sight is { IsBound: true, Claim.Spec.ExpireAfter: null }, Ct);
    }

    [Fact]
    public async Task A_spec_edited_without_a_Pod_counts_at_once_unless_it_is_bad()
    {
        var (scene, space) = await OpenAsync("expiry");
        var kept = await RetainedAsync(scene, space, Expiring("keeper", null));
        await scene.RetainedBeforeAsync(space, "keeper", TimeSpan.FromDays(3), Ct);

        await scene.PatchClaimAsync(space, "keeper", """{"spec":{"expireAfter":"4m"}}""", Ct);
        var said = await scene.SeesAsync(space, "keeper", sight => sight.Claim?.Status.Condition(ConditionTypes.Ready)?.Message.Contains("4m", StringComparison.Ordinal) ?? false, Ct);
        Assert.Equal((ClaimPhase.Retained, kept.Address!.Id), (said.Claim!.Status.Phase, said.Claim.Status.AddressId));
        Assert.Contains("at least 5m", said.Claim.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
        await scene.EventAsync(space, "EIPClaim", "keeper", EventReasons.InvalidEIPAttributes, Ct);

        await scene.PatchClaimAsync(space, "keeper", """{"spec":{"expireAfter":"5m"}}""", Ct);
        await scene.GoneAsync(space, "keeper", Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(kept.Address!.Id) is null, description: "the address to be released", cancellation: Ct);
    }

    [Fact]
    public async Task A_retained_claim_that_is_fixed_no_more_ends()
    {
        var (scene, space) = await OpenAsync("expiry");
        var kept = await RetainedAsync(scene, space, Expiring("keeper", null));
        await scene.PatchClaimAsync(space, "keeper", """{"spec":{"deletePolicy":"Delete"}}""", Ct);
        await scene.GoneAsync(space, "keeper", Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(kept.Address!.Id) is null, description: "the address to be released", cancellation: Ct);
    }

    internal static V1Pod Expiring(string name, string? time) => Pods.New(name, isFixed: true, change: pod =>
    {
        if (time is not null)
        {
            pod.Metadata.Annotations[Pods.Prefix + "claim-expired-duration"] = time;
        }
    });

    /// <summary>Lets the Pod have its address, and go.</summary>
    internal static async Task<Sight> RetainedAsync(Scene scene, string space, V1Pod pod)
    {
        var name = pod.Metadata.Name;
        await scene.CreateAsync(space, pod, Ct);
        await scene.BoundAsync(space, name, Ct);
        await scene.EndPodAsync(space, name, Ct);
        return await scene.SeesAsync(space, name, sight => sight is { Claim.Status: { Phase: ClaimPhase.Retained, RetainedSince: not null }, Address.Status: AddressStatus.Unbind }, Ct);
    }
}
