using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Explain;

namespace PodEip.Claims.Tests.Explain;

/// <summary>Which causes are named, and in which order.</summary>
public sealed class ExplainerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly PodEipNames Names = new();
    private static readonly LeaseFacts Alive = new("podeip-system/podeip-controller-demo", "controller-a", Now.AddSeconds(-2), TimeSpan.FromSeconds(15));

    private static Snapshot Served { get; } = new()
    {
        Key = new ClaimKey("shop", "web-0"),
        Now = Now,
        Pod = Pod(""),
        Claim = Claim(ClaimPhase.Bound, (ConditionTypes.Ready, ConditionStatuses.True, Reasons.Bound, "bound to 10.0.0.5"), (ConditionTypes.EgressReady, ConditionStatuses.True, Reasons.NoRoute, "")),
        Nodes = [new NodeFacts("node-1", 9, 1, "ap-guangzhou")],
        Agents = [new AgentFacts("podeip-system/agent-1", "node-1", IsReady: true)],
        Leases = [Alive],
        Region = "ap-guangzhou",
    };

    [Fact]
    public void What_is_served_is_well_and_leaves_nothing_to_do()
    {
        var told = Explainer.Of(Served);
        Assert.Equal((Verdict.Well, "Pod shop/web-0: 203.0.113.7 is bound."), (told.Verdict, told.Heading));
        Assert.Empty(told.Findings);
    }

    [Fact]
    public void A_wrong_word_in_an_annotation_is_named_without_any_controller()
    {
        var told = Explainer.Of(Served with { Pod = Pod("""{"ISP":"CTC"}"""), Claim = null, Leases = null });
        var cause = Assert.Single(told.Findings);
        Assert.Equal(EventReasons.InvalidEIPAttributes, cause.Reason);
        Assert.Contains("CTC", cause.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dead_controller_comes_before_what_it_said_last()
    {
        var told = Explainer.Of(Waiting(Reasons.QuotaExceeded) with { Leases = [Alive with { RenewedAt = Now.AddHours(-1) }] });
        Assert.Equal([Causes.ControllerAbsent, Reasons.QuotaExceeded], told.Findings.Select(f => f.Reason));
    }

    [Fact]
    public void The_clouds_request_id_is_taken_from_the_event()
    {
        var told = Explainer.Of(Waiting(Reasons.QuotaExceeded) with
        {
            Events = [new EventFact("Warning", EventReasons.FailedAllocateEIP, "AllocateAddresses: X: no (request 1-2-3)", 1, Now, "Pod", IsOurs: true)],
        });
        Assert.Equal("AllocateAddresses: X: no (request 1-2-3)", Assert.Single(told.Findings).Detail);
    }

    [Fact]
    public void Another_region_than_the_Nodes_is_named()
    {
        var told = Explainer.Of(Waiting(Reasons.InvalidRequest) with { Region = "ap-shanghai" });
        Assert.Equal([Causes.WrongRegion, Reasons.InvalidRequest], told.Findings.Select(f => f.Reason));
    }

    [Fact]
    public void No_slots_are_told_with_their_numbers()
    {
        var told = Explainer.Of(Waiting(Reasons.WaitingForSchedule) with
        {
            Pod = Pod("") with { NodeName = null, Unschedulable = $"0/1 nodes are available: 1 Insufficient {Names.EipResource}." },
            Nodes = [new NodeFacts("node-1", 9, 9, null)],
        });
        var cause = Assert.Single(told.Findings);
        Assert.Equal(Causes.NoSlots, cause.Reason);
        Assert.Contains("9 of 9 on 1 Nodes", cause.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Node_without_agent_is_told_although_the_address_is_bound()
    {
        var told = Explainer.Of(Served with { Agents = [new AgentFacts("podeip-system/agent-2", "node-2", IsReady: true)] });
        Assert.Equal((Verdict.Trouble, Causes.AgentMissing), (told.Verdict, Assert.Single(told.Findings).Reason));
    }

    [Fact]
    public void What_may_not_be_read_is_no_trouble()
    {
        var told = Explainer.Of(Served with { Nodes = null, Agents = null, Leases = null, Region = null, Unseen = ["Nodes: no right to list them"] });
        Assert.Equal(Verdict.Well, told.Verdict);
        Assert.Equal(["Nodes: no right to list them"], told.Unseen);
    }

    private static Snapshot Waiting(string reason) => Served with { Claim = Claim(ClaimPhase.Failed, (ConditionTypes.Ready, ConditionStatuses.False, reason, "AllocateAddresses: X: no")) };

    private static PodFacts Pod(string attributes) => new()
    {
        Reading = DemandReader.Read(new Dictionary<string, string> { [Names.EipAttributes] = attributes }, hostNetwork: false, new DemandSettings()),
        Phase = "Running",
        NodeName = "node-1",
        PrivateIp = "10.0.0.5",
        SlotsRequested = 1,
    };

    private static EipClaim Claim(string phase, params (string Type, string Status, string Reason, string Message)[] conditions) => new()
    {
        Metadata = new ClaimMetadata { Namespace = "shop", Name = "web-0" },
        Status = new EipClaimStatus
        {
            Phase = phase,
            AddressId = phase is ClaimPhase.Bound ? "eip-1" : null,
            PublicIp = phase is ClaimPhase.Bound ? "203.0.113.7" : null,
            NodeName = "node-1",
            Conditions = [.. conditions.Select(c => new ClaimCondition { Type = c.Type, Status = c.Status, Reason = c.Reason, Message = c.Message, LastTransitionTime = Now })],
        },
    };
}
