using PodEip.Agent.Inputs;
using PodEip.Api;
using PodEip.Kubernetes.Objects;
using Xunit;

namespace PodEip.Agent.Tests.Inputs;

public sealed class BoundPodTests
{
    private static readonly PodEipNames Names = new();

    private static readonly PodObject Bound = new()
    {
        Metadata = new ObjectMeta { Name = "p", Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [Names.EipPublicIp] = "203.0.113.1" } },
        Spec = new PodObjectSpec { NodeName = "n" },
        Status = new PodObjectStatus { Phase = "Running", PodIP = "10.0.0.1" },
    };

    public static TheoryData<string, PodObject> Others => new()
    {
        { "not bound", Bound with { Metadata = Bound.Metadata with { Annotations = null } } },
        { "unbound", Bound with { Metadata = Bound.Metadata with { Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [Names.EipPublicIp] = "" } } } },
        { "under another prefix", Bound with { Metadata = Bound.Metadata with { Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["example.com/eip-public-ip"] = "203.0.113.1" } } } },
        { "on its node's network", Bound with { Spec = Bound.Spec! with { HostNetwork = true } } },
        { "without an IP", Bound with { Status = Bound.Status! with { PodIP = null } } },
        { "IPv6 only", Bound with { Status = Bound.Status! with { PodIP = "fd00::1" } } },
        { "succeeded", Bound with { Status = Bound.Status! with { Phase = "Succeeded" } } },
        { "failed", Bound with { Status = Bound.Status! with { Phase = "Failed" } } },
        { "no IP at all", Bound with { Status = Bound.Status! with { PodIP = "10.0.0.1; drop" } } },
    };

    [Fact]
    public void A_living_Pod_that_the_controller_says_is_bound_is_excepted() => Assert.Equal("10.0.0.1", BoundPod.Of(Bound, Names)?.Address.ToString());

    [Fact]
    public void Of_two_families_the_IPv4_is_meant()
    {
        var both = Bound with { Status = Bound.Status! with { PodIP = "fd00::1", PodIPs = [new("fd00::1"), new("10.0.0.2")] } };
        Assert.Equal("10.0.0.2", BoundPod.Of(both, Names)?.Address.ToString());
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Others_are_not(string why, PodObject pod) => Assert.True(BoundPod.Of(pod, Names) is null, why);
}
