using PodEip.Claims.Nodes;

namespace PodEip.Claims.Tests.Nodes;

public sealed class NodeIdentityTests
{
    [Theory]
    [InlineData("node-a", "qcloud:///800002/ins-1a2b3c4d", "10.0.0.4", "ins-1a2b3c4d", "10.0.0.4")]
    [InlineData("node-a", "qcloud:///ap-guangzhou-3/ins-1a2b3c4d", null, "ins-1a2b3c4d", null)]
    [InlineData("ins-1a2b3c4d", null, null, "ins-1a2b3c4d", null)]
    [InlineData("10.0.0.4", null, null, null, "10.0.0.4")]
    [InlineData("10.0.0.4", "", "10.0.0.5", null, "10.0.0.5")]
    [InlineData("node-a", "k3s://node-a", "10.0.0.4", null, "10.0.0.4")]
    [InlineData("node-a", "other:///zone/i-0123456789", "10.0.0.4", null, "10.0.0.4")]
    [InlineData("node-a", "qcloud:///800002/ins-", "10.0.0.4", null, "10.0.0.4")]
    [InlineData("node-a", "qcloud:///800002/ins-1A,ins-2b", null, null, null)]
    [InlineData("10.0.0.256", null, null, null, null)]
    [InlineData("eklet-subnet-1a2b-3", null, null, null, null)]
    public void Provider_id_then_name_then_internal_IP(string name, string? providerId, string? internalIp, string? instanceId, string? privateIp) =>
        Assert.Equal(new NodeIdentity(instanceId, privateIp), NodeIdentity.Of(name, providerId, internalIp));
}
