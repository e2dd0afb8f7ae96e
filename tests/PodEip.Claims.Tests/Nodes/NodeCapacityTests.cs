using PodEip.Api;
using PodEip.Claims.Nodes;

namespace PodEip.Claims.Tests.Nodes;

public sealed class NodeCapacityTests
{
    [Theory]
    // 4 vCPU carry 2: one for Pods, with an ordinary public IP of its own or without; none beside two outside.
    [InlineData(4, 0, 0, 1)]
    [InlineData(4, 1, 0, 1)]
    [InlineData(4, 2, 0, 0)]
    [InlineData(4, 3, 0, 0)]
    [InlineData(6, 0, 0, 2)]
    [InlineData(6, 2, 0, 1)]
    // 16 vCPU carry 4.
    [InlineData(16, 0, 0, 3)]
    [InlineData(16, 1, 0, 3)]
    [InlineData(16, 2, 0, 2)]
    [InlineData(16, 4, 0, 0)]
    [InlineData(48, 0, 0, 9)]
    [InlineData(96, 3, 0, 7)]
    // Never below what Pods have asked for.
    [InlineData(16, 2, 3, 3)]
    [InlineData(16, 9, 2, 2)]
    [InlineData(4, 0, 5, 5)]
    [InlineData(16, 0, 1, 3)]
    public void The_formula_of_the_document(int vcpus, int outside, int requested, int capacity) =>
        Assert.Equal(capacity, NodeCapacity.Of(PublicIpLimits.Default.Limit(vcpus), outside, requested));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(0, 5, 0)]
    public void A_limit_without_room_gives_none(int limit, int outside, int capacity) => Assert.Equal(capacity, NodeCapacity.Of(limit, outside, requested: 0));
}
