using PodEip.Kubernetes.Api;
using Xunit;

namespace PodEip.Kubernetes.Tests.Api;

public sealed class ResourcePathTests
{
    [Fact]
    public void Paths_are_built_and_escaped()
    {
        Assert.Equal("/api/v1/pods", ResourcePath.Core("v1", "pods"));
        Assert.Equal("/api/v1/namespaces/ns/pods/p/status", ResourcePath.Core("v1", "pods", "ns", "p", "status"));
        Assert.Equal("/apis/podeip.io/v1/eipclaims", ResourcePath.Group("podeip.io", "v1", "eipclaims", ns: ""));
        Assert.Equal("/apis/apps/v1/namespaces/a%2Fb/deployments/x%3Fy", ResourcePath.Group("apps", "v1", "deployments", "a/b", "x?y"));
    }

    [Fact]
    public void What_is_no_part_of_a_path_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ResourcePath.Core("v1", "pods", "ns", ".."));
        Assert.Throws<ArgumentException>(() => ResourcePath.Core("v1", "pods", "ns", ""));
        Assert.Throws<ArgumentException>(() => ResourcePath.Core("v1", "pods", "ns", name: null, "status"));
    }

    [Fact]
    public void Keys_are_written_and_ordered_as_people_expect()
    {
        Assert.Equal("ns/a", new ObjectKey("ns", "a").ToString());
        Assert.Equal("node-1", new ObjectKey("", "node-1").ToString());
        ObjectKey[] keys = [new("b", "a"), new("a", "b"), new("a", "a")];
        Assert.Equal(["a/a", "a/b", "b/a"], keys.Order().Select(key => key.ToString()));
    }
}
