using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Objects;
using Xunit;

namespace PodEip.Controller.Tests.Cluster;

public sealed class PodRequestsTests
{
    private const string Resource = "x/eip";

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1")]
    [InlineData(3, "1 2")]
    [InlineData(0, "-")]
    [InlineData(0, "-1 x 1.5")]
    [InlineData(1_000_000, "2000000000 2000000000")]
    public void Containers_add_up(int expected, string containers) => Assert.Equal(expected, PodRequests.Of(Pod(containers, ""), Resource));

    [Theory]
    [InlineData(1, "1", "1")]
    [InlineData(2, "1", "2")]
    [InlineData(2, "1", "s1")]
    [InlineData(4, "1", "s1 3")]
    [InlineData(3, "1", "3 s1")]
    [InlineData(2, "", "s1 s1")]
    public void Init_containers_take_a_place_before_and_sidecars_one_of_their_own(int expected, string containers, string init) =>
        Assert.Equal(expected, PodRequests.Of(Pod(containers, init), Resource));

    [Fact]
    public void A_Pod_without_anything_asks_for_nothing() => Assert.Equal(0, PodRequests.Of(new PodObject(), Resource));

    private static PodObject Pod(string containers, string init) => new() { Spec = new PodObjectSpec { Containers = Make(containers), InitContainers = Make(init) } };

    private static List<PodObjectContainerSpec> Make(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => new PodObjectContainerSpec(
            word == "-" ? null : new PodObjectResources(new Dictionary<string, string> { [Resource] = word.TrimStart('s'), ["cpu"] = "100m" }), word[0] == 's' ? "Always" : null)),
    ];
}
