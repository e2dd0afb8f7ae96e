using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.View;
using PodEip.Controller.Reconciling;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;
using Xunit;

namespace PodEip.ClusterTests.Writers;

public sealed class ClaimWriterTests(ControlPlaneFixture planes) : IAsyncLifetime
{
    private static readonly EipClaimSpec Wanted = new() { Attributes = new AddressAttributes { BandwidthMbps = 5, Egress = "center_egress1" }, DeletePolicy = DeletePolicy.Never, ExpireAfter = "5m" };
    private WriterCluster _cluster = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IClaimWriter Writer => _cluster.Writer;

    public async ValueTask InitializeAsync() => _cluster = await WriterCluster.CreateAsync(planes, Cancellation);

    public ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<EipClaim> StoredAsync(string name) => (await _cluster.Admin.GetAsync(_cluster.Claims(name), EipClaimJson.Default.EipClaim, Cancellation))!;

    /// <summary>Somebody else changes the claim, so that what we hold is out of date.</summary>
    private Task TouchAsync(string name) => _cluster.Admin.PatchAsync(_cluster.Claims(name), PatchKind.Merge, """{"metadata":{"annotations":{"a/b":"c"}}}"""u8.ToArray(), TestJson.Default.JsonObject, Cancellation);

    [Fact]
    public async Task A_claim_is_created_with_its_finalizer_and_only_once()
    {
        var claim = await Writer.CreateAsync(_cluster.Key("web-0"), Wanted, Cancellation);
        Assert.Equal([PodEipNames.Finalizer], claim.Metadata.Finalizers!);
        Assert.Equal(Wanted, claim.Spec);
        Assert.False(string.IsNullOrEmpty(claim.Metadata.Uid) || string.IsNullOrEmpty(claim.Metadata.ResourceVersion));
        await Assert.ThrowsAsync<WriteConflictException>(() => Writer.CreateAsync(_cluster.Key("web-0"), Wanted, Cancellation));
    }

    [Fact]
    public async Task Status_fields_that_are_cleared_are_gone_on_the_server()
    {
        var claim = await Writer.CreateAsync(_cluster.Key("web-0"), Wanted, Cancellation);
        var full = new EipClaimStatus
        {
            AddressId = "eip-1",
            PublicIp = "203.0.113.1",
            PrivateIp = "10.0.0.5",
            NetworkInterfaceId = "eni-1",
            NodeName = "node-1",
            PodUid = "u1",
            Origin = AddressOrigin.Own,
            AttributeHash = "abcdef",
            BoundAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            ObservedGeneration = 1,
            Phase = ClaimPhase.Bound,
            Conditions = [new ClaimCondition { Type = ConditionTypes.Ready, Status = ConditionStatuses.True, Reason = Reasons.Bound, Message = "eip-1 is bound", LastTransitionTime = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) }],
        };
        claim = await Writer.WriteStatusAsync(claim, full, Cancellation);
        Assert.Equal(full, (await StoredAsync("web-0")).Status);

        var less = new EipClaimStatus { AddressId = "eip-1", RetainedSince = full.BoundAt, Phase = ClaimPhase.Retained };
        claim = await Writer.WriteStatusAsync(claim, less, Cancellation);
        Assert.Equal(less, claim.Status);
        Assert.Equal(less, (await StoredAsync("web-0")).Status);
        Assert.Equal(Wanted, claim.Spec);
    }

    [Fact]
    public async Task The_spec_turns_from_one_kind_of_demand_to_the_other()
    {
        var claim = await Writer.CreateAsync(_cluster.Key("web-0"), Wanted, Cancellation);
        var ids = new EipClaimSpec { AddressIds = ["eip-aaaaaaaa", "eip-bbbbbbbb"] };
        claim = await Writer.WriteSpecAsync(claim, ids, Cancellation);
        Assert.Equal(ids, (await StoredAsync("web-0")).Spec);
        var less = new EipClaimSpec { Attributes = new AddressAttributes { InternetServiceProvider = "CMCC" } };
        claim = await Writer.WriteSpecAsync(claim, less, Cancellation);
        Assert.Equal(less, claim.Spec);
        Assert.Equal(less, (await StoredAsync("web-0")).Spec);
        Assert.Equal(3, claim.Metadata.Generation);
    }

    [Fact]
    public async Task What_was_planned_on_an_older_version_is_a_conflict()
    {
        var claim = await Writer.CreateAsync(_cluster.Key("web-0"), Wanted, Cancellation);
        await TouchAsync("web-0");
        await Assert.ThrowsAsync<WriteConflictException>(() => Writer.WriteStatusAsync(claim, new EipClaimStatus { Phase = ClaimPhase.Bound }, Cancellation));
        await Assert.ThrowsAsync<WriteConflictException>(() => Writer.WriteStatusAsync(claim, claim.Status, Cancellation));
        await Assert.ThrowsAsync<WriteConflictException>(() => Writer.WriteSpecAsync(claim, new EipClaimSpec(), Cancellation));
        await Assert.ThrowsAsync<WriteConflictException>(() => Writer.DeleteAsync(claim, Cancellation));
        await Assert.ThrowsAsync<WriteConflictException>(() => Writer.ForgetAsync(claim, Cancellation));
        Assert.Equal(Wanted, (await StoredAsync("web-0")).Spec);
    }

    [Fact]
    public async Task A_claim_that_went_away_is_a_conflict_too()
    {
        var claim = await Writer.CreateAsync(_cluster.Key("web-0"), Wanted, Cancellation);
        await Writer.ForgetAsync((await Writer.DeleteAsync(claim, Cancellation))!, Cancellation);
        Assert.Null(await _cluster.Admin.ReadAsync(_cluster.Claims("web-0"), Cancellation));
        await Assert.ThrowsAsync<WriteConflictException>(() => Writer.WriteStatusAsync(claim, new EipClaimStatus { Phase = ClaimPhase.Bound }, Cancellation));

        // Its namesake is another one.
        await Writer.CreateAsync(_cluster.Key("web-0"), Wanted, Cancellation);
        await Assert.ThrowsAsync<WriteConflictException>(() => Writer.WriteStatusAsync(claim, new EipClaimStatus { Phase = ClaimPhase.Bound }, Cancellation));
        await Assert.ThrowsAsync<WriteConflictException>(() => Writer.DeleteAsync(claim, Cancellation));
    }

    [Fact]
    public async Task A_claim_made_by_hand_gets_the_finalizer_beside_the_ones_it_has()
    {
        await _cluster.Admin.ApplyAsync(
            _cluster.Claims("hand"), """{"apiVersion":"podeip.io/v1","kind":"EIPClaim","metadata":{"name":"hand","finalizers":["example.com/hold"]},"spec":{"attributes":{}}}""", Cancellation);
        var stale = await StoredAsync("hand");
        await TouchAsync("hand");
        await Assert.ThrowsAsync<WriteConflictException>(() => Writer.AddFinalizerAsync(stale, Cancellation));

        var claim = await Writer.AddFinalizerAsync(await StoredAsync("hand"), Cancellation);
        Assert.Equal(["example.com/hold", PodEipNames.Finalizer], claim.Metadata.Finalizers!);
        Assert.Same(claim, await Writer.AddFinalizerAsync(claim, Cancellation));

        await Writer.ForgetAsync(claim, Cancellation);
        Assert.Equal(["example.com/hold"], (await StoredAsync("hand")).Metadata.Finalizers!);
    }

    [Fact]
    public async Task Deleting_shows_the_claim_as_ending_and_forgetting_lets_it_go()
    {
        var claim = await Writer.CreateAsync(_cluster.Key("web-0"), Wanted, Cancellation);
        var ending = await Writer.DeleteAsync(claim, Cancellation);
        Assert.NotNull(ending?.Metadata.DeletionTimestamp);
        await Writer.ForgetAsync(ending!, Cancellation);
        await Writer.ForgetAsync(ending!, Cancellation);
        Assert.Null(await Writer.DeleteAsync(ending!, Cancellation));
    }

    [Fact]
    public async Task A_claim_without_finalizers_is_gone_when_it_is_deleted()
    {
        await _cluster.Admin.ApplyAsync(_cluster.Claims("hand"), """{"apiVersion":"podeip.io/v1","kind":"EIPClaim","metadata":{"name":"hand"},"spec":{"attributes":{}}}""", Cancellation);
        Assert.Null(await Writer.DeleteAsync(await StoredAsync("hand"), Cancellation));
    }

    [Fact]
    public async Task The_address_is_published_on_that_very_Pod_without_the_right_to_patch_Pods()
    {
        var pod = await _cluster.PodAsync("web-0", """ "annotations": { "keep": "me" } """, Cancellation);
        var key = _cluster.Key("web-0");
        var version = await Writer.PublishAsync(key, pod.Uid(), new Step.PublishOnPod("203.0.113.1"), Cancellation);
        var stored = (await _cluster.Admin.ReadAsync(_cluster.Pods("web-0"), Cancellation))!;
        Assert.Equal(version, (string?)stored["metadata"]!["resourceVersion"]);
        Assert.Equal(("203.0.113.1", "me"), ((string?)stored["metadata"]!["annotations"]![new PodEipNames().EipPublicIp], (string?)stored["metadata"]!["annotations"]!["keep"]));

        Assert.NotNull(await Writer.PublishAsync(key, pod.Uid(), new Step.PublishOnPod(null), Cancellation));
        stored = (await _cluster.Admin.ReadAsync(_cluster.Pods("web-0"), Cancellation))!;
        Assert.False(stored["metadata"]!["annotations"]!.AsObject().ContainsKey(new PodEipNames().EipPublicIp));

        Assert.Null(await Writer.PublishAsync(key, "11111111-2222-3333-4444-555555555555", new Step.PublishOnPod("203.0.113.2"), Cancellation));
        Assert.Null(await Writer.PublishAsync(_cluster.Key("gone"), pod.Uid(), new Step.PublishOnPod("203.0.113.2"), Cancellation));

        var refused = await Assert.ThrowsAsync<KubeApiException>(() => _cluster.Controller.PatchAsync(
            _cluster.Pods("web-0"), PatchKind.Merge, """{"metadata":{"annotations":{"x":"y"}}}"""u8.ToArray(), TestJson.Default.JsonObject, Cancellation));
        Assert.True(refused.IsForbidden);
    }

    [Fact]
    public async Task The_readiness_gate_is_written_beside_the_conditions_of_others()
    {
        var pod = await _cluster.PodAsync("web-0", "", Cancellation);
        var key = _cluster.Key("web-0");
        await _cluster.Admin.PatchAsync(
            ResourcePath.Core("v1", "pods", _cluster.Namespace, "web-0", "status"), PatchKind.Strategic,
            """{"status":{"conditions":[{"type":"example.com/warm","status":"True","reason":"Warm"}]}}"""u8.ToArray(), TestJson.Default.JsonObject, Cancellation);

        var since = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await Writer.PublishAsync(key, pod.Uid(), new Step.PublishOnPod("203.0.113.1", new PodGate(true, Reasons.Bound, "it is bound"), since), Cancellation);
        await Writer.PublishAsync(key, pod.Uid(), new Step.PublishOnPod("203.0.113.2", new PodGate(true, Reasons.Bound, "another is")), Cancellation);
        Assert.Equal(("True", Reasons.Bound, "another is", "2026-01-02T03:04:05Z"), await ConditionAsync(PodEipNames.ReadinessGate));
        Assert.Equal(("True", "Warm", null, null), await ConditionAsync("example.com/warm"));

        await Writer.PublishAsync(key, pod.Uid(), new Step.PublishOnPod(null, new PodGate(false, Reasons.Unbound, "it was unbound"), since.AddHours(1)), Cancellation);
        Assert.Equal(("False", Reasons.Unbound, "it was unbound", "2026-01-02T04:04:05Z"), await ConditionAsync(PodEipNames.ReadinessGate));
        Assert.Equal(("True", "Warm", null, null), await ConditionAsync("example.com/warm"));
    }

    private async Task<(string? Status, string? Reason, string? Message, string? Since)> ConditionAsync(string type)
    {
        var stored = (await _cluster.Admin.ReadAsync(_cluster.Pods("web-0"), Cancellation))!;
        var condition = stored["status"]!["conditions"]!.AsArray().Single(c => (string?)c!["type"] == type)!;
        return ((string?)condition["status"], (string?)condition["reason"], (string?)condition["message"], (string?)condition["lastTransitionTime"]);
    }
}
