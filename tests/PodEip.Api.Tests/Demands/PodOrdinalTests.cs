using CsCheck;
using PodEip.Api.Demands;
using Xunit;

namespace PodEip.Api.Tests.Demands;

public sealed class PodOrdinalTests
{
    [Theory]
    [InlineData("busybox-0", 0)]
    [InlineData("busybox-1", 1)]
    [InlineData("my-game-2-17", 17)]
    [InlineData("a-2147483647", int.MaxValue)]
    public void A_number_after_the_last_dash_counts(string name, int expected)
    {
        Assert.Equal(expected, PodOrdinal.Of(name, new OwnerKind("apps/v1", "StatefulSet")));
        Assert.Equal(expected, PodOrdinal.Of(name, null));
        Assert.Equal(expected, PodOrdinal.Of(name, new OwnerKind("apps.kruise.io/v1beta1", "StatefulSet")));
        Assert.Equal(expected, PodOrdinal.Of(name, new OwnerKind("example.com/v1", "ReplicaSet")));
    }

    [Theory]
    [InlineData("busybox")]
    [InlineData("busybox0")]
    [InlineData("busybox-")]
    [InlineData("busybox-x1")]
    [InlineData("busybox-1x")]
    [InlineData("busybox.1")]
    [InlineData("busybox-00")]
    [InlineData("busybox-01")]
    [InlineData("busybox-2147483648")]
    [InlineData("busybox-99999999999999999999")]
    [InlineData("busybox-٣")]
    [InlineData("-1")]
    [InlineData("1")]
    [InlineData("")]
    public void Other_names_have_no_number(string name) => Assert.Null(PodOrdinal.Of(name, null));

    [Theory]
    [InlineData("apps/v1", "ReplicaSet")]
    [InlineData("extensions/v1beta1", "ReplicaSet")]
    [InlineData("v1", "ReplicationController")]
    [InlineData("batch/v1", "Job")]
    [InlineData("apps/v1", "DaemonSet")]
    [InlineData("apps.kruise.io/v1alpha1", "CloneSet")]
    [InlineData("apps.kruise.io/v1alpha1", "DaemonSet")]
    [InlineData("apps.kruise.io/v1alpha1", "BroadcastJob")]
    [InlineData("argoproj.io/v1alpha1", "Workflow")]
    [InlineData("agones.dev/v1", "GameServer")]
    [InlineData("v1", "Node")]
    public void An_all_digit_ending_of_a_random_name_is_no_number(string apiVersion, string kind) => Assert.Null(PodOrdinal.Of("web-7c9d-24567", new OwnerKind(apiVersion, kind)));

    [Fact]
    public void Every_number_a_statefulset_can_write_is_read_back() =>
        Gen.Int[0, int.MaxValue].Sample(n => PodOrdinal.Of($"web-{n}", new OwnerKind("apps/v1", "StatefulSet")) == n);
}
