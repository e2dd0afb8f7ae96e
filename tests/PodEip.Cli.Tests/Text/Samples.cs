using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Explain;

namespace PodEip.Cli.Tests.Text;

/// <summary>Claims and what surrounds them, as golden files show them.</summary>
internal static class Samples
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static EipClaim Bound { get; } = Claim("web-0", ClaimPhase.Bound, Reasons.Bound, "bound to 10.0.0.5", s => s with
    {
        AddressId = "eip-1a2b3c4d", PublicIp = "203.0.113.7", PrivateIp = "10.0.0.5", NetworkInterfaceId = "eni-1", NodeName = "node-1", Origin = AddressOrigin.Own, BandwidthMbps = 100, BoundAt = Now,
        Conditions = [.. s.Conditions, Condition(ConditionTypes.EgressReady, ConditionStatuses.True, Reasons.NoRoute, "no route of subnet-1 goes before it")],
    });

    public static EipClaim Short { get; } = Claim("web-1", ClaimPhase.Failed, Reasons.QuotaExceeded, "TOTAL_EIP_QUOTA is used up: 20 of 20", s => s with { NextTry = Now.AddSeconds(40), FailedTries = 3 });

    public static Snapshot Served { get; } = new()
    {
        Key = new ClaimKey("shop", "web-0"), Now = Now, Pod = Pod, Claim = Bound,
        Events = [new EventFact("Normal", EventReasons.AssociatedEIP, "203.0.113.7 is bound to 10.0.0.5", 1, Now.AddMinutes(-3), "Pod", IsOurs: true)],
        Nodes = [new NodeFacts("node-1", 9, 3, "ap-guangzhou")], Agents = [new AgentFacts("podeip-system/podeip-agent-x", "node-1", IsReady: true)],
        Leases = [new LeaseFacts("podeip-system/podeip-controller-demo", "podeip-controller-5d9c", Now.AddSeconds(-1), TimeSpan.FromSeconds(15))], Region = "ap-guangzhou",
    };

    public static Snapshot Waiting { get; } = Served with
    {
        Key = new ClaimKey("shop", "web-1"), Claim = Short, Agents = null, Unseen = ["Pods of podeip-agent: no right to list them"],
        Events = [new EventFact("Warning", EventReasons.FailedAllocateEIP, "TOTAL_EIP_QUOTA is used up: 20 of 20", 4, Now.AddSeconds(-12), "EIPClaim", IsOurs: true)],
    };

    private static PodFacts Pod => new()
    {
        Reading = DemandReader.Read(new Dictionary<string, string> { ["tke.cloud.tencent.com/eip-attributes"] = "" }, hostNetwork: false, new DemandSettings()),
        Phase = "Running", NodeName = "node-1", PrivateIp = "10.0.0.5", SlotsRequested = 1,
    };

    private static EipClaim Claim(string name, string phase, string reason, string message, Func<EipClaimStatus, EipClaimStatus> change) => new()
    {
        Metadata = new ClaimMetadata { Namespace = "shop", Name = name, CreationTimestamp = Now.AddHours(-5) },
        Spec = new EipClaimSpec { Attributes = new AddressAttributes { BandwidthMbps = 100 } },
        Status = change(new EipClaimStatus { Phase = phase, Conditions = [Condition(ConditionTypes.Ready, phase is ClaimPhase.Bound ? ConditionStatuses.True : ConditionStatuses.False, reason, message)] }),
    };

    private static ClaimCondition Condition(string type, string status, string reason, string message) =>
        new() { Type = type, Status = status, Reason = reason, Message = message, LastTransitionTime = Now.AddMinutes(-3) };
}
