using PodEip.Api;
using PodEip.Scenes;
using Xunit;
using k8s.Models;

namespace PodEip.ClusterTests.Cases;

/// <summary>Pods that get no address are told why, and nothing is bought for them.</summary>
[Collection(Stage.Alone)]
public sealed class RefusalTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    // What is written, and words of the answer: the key, the value, or what is allowed.
    private static readonly (string Text, string Words)[] Bad =
    [
        ("{", "not JSON"),
        ("""["BGP"]""", "a list"),
        ("100", "a number"),
        ("null", "null"),
        ("""{"Bandwidth":0}""", "Bandwidth"),
        ("""{"Bandwidth":"-1"}""", "-1"),
        ("""{"Bandwidth":"fast"}""", "fast"),
        ("""{"Bandwidth":1.5}""", "1.5"),
        ("""{"Bandwidth":true}""", "Bandwidth"),
        ("""{"bandwidth":"100"}""", "Bandwidth"),
        ("""{"ISP":"XYZ"}""", "BGP, CMCC, CTCC, CUCC"),
        ("""{"ISP":5}""", "ISP"),
        ("""{"InternetMaxBandwidthOut":"100"}""", "InternetMaxBandwidthOut"),
        ("""{"InternetChargeType":"FREE"}""", "TRAFFIC_POSTPAID_BY_HOUR"),
        ("""{"InternetChargeType":"BANDWIDTH_PREPAID_BY_MONTH"}""", "does not allow"),
        ("""{"InternetChargeType":"BANDWIDTH_PACKAGE"}""", "BandwidthPackageId"),
        ("""{"AddressType":"House"}""", "AnycastEIP"),
        ("""{"Colour":"red"}""", "Colour"),
    ];

    [Fact]
    public async Task Attributes_that_cannot_be_read_are_explained_on_the_Pod()
    {
        var (scene, space) = await OpenAsync("bad", SceneOptions.Troubled);
        await scene.CreateAllAsync(space, Bad.Select((bad, i) => Pods.New($"pod-{i}", bad.Text, change: NoSlot)), Ct);
        await scene.CreateAllAsync(space, [Pods.New("list-0", attributes: null, change: pod => pod.Metadata.Annotations[Pods.Prefix + "eip-id-list"] = "eip-a,,eip-b")], Ct);
        foreach (var (i, bad) in Bad.Index())
        {
            var told = await scene.EventAsync(space, "Pod", $"pod-{i}", EventReasons.InvalidEIPAttributes, Ct);
            Assert.Equal("Warning", told.Type);
            Assert.Contains(bad.Words, told.Message, StringComparison.Ordinal);
        }

        Assert.Contains("entry 2 is empty", (await scene.EventAsync(space, "Pod", "list-0", EventReasons.InvalidEIPAttributes, Ct)).Message, StringComparison.Ordinal);
        await NothingBoughtAsync(scene, space);

        // Put right, the same Pod gets its address.
        await scene.AnnotateAsync(space, "pod-0", Ct, ("eip-attributes", "{}"));
        await scene.BoundAsync(space, "pod-0", Ct);
    }

    [Fact]
    public async Task Pods_that_are_not_on_VPC_CNI_are_told_so()
    {
        var (scene, space) = await OpenAsync("off", SceneOptions.Troubled);
        await scene.CreateAllAsync(
            space,
            [
                Pods.New("host", change: pod => pod.Spec.HostNetwork = true),
                Pods.New("bridge", change: pod => pod.Metadata.Annotations[Pods.Prefix + "networks"] = "tke-bridge"),
                Pods.New("named-0", attributes: null, change: pod =>
                {
                    pod.Metadata.Annotations[Pods.Prefix + "eip-id-list"] = scene.GiveAddress().Id;
                    pod.Spec.HostNetwork = true;
                }),
            ],
            Ct);
        foreach (var (name, words) in ((string, string)[])[("host", "hostNetwork"), ("bridge", "tke-bridge"), ("named-0", "hostNetwork")])
        {
            Assert.Contains(words, (await scene.EventAsync(space, "Pod", name, EventReasons.NotOnVpcCni, Ct)).Message, StringComparison.Ordinal);
        }

        await NothingBoughtAsync(scene, space);
    }

    [Fact]
    public async Task Nothing_is_bought_for_a_Pod_that_cannot_be_scheduled()
    {
        var (scene, space) = await OpenAsync("unscheduled", SceneOptions.Troubled);
        await scene.CreateAsync(space, Pods.New("pod").On("no-such-node"), Ct);
        await scene.WaitsForAsync(space, "pod", Reasons.WaitingForSchedule, Ct);
        Assert.Equal(0, scene.Calls.CountOf("AllocateAddresses"));
        Assert.Empty(scene.OwnAddresses);
    }

    private static void NoSlot(V1Pod pod) => pod.Spec = Pods.Spec(needsAddress: false);

    private static async Task NothingBoughtAsync(Scene scene, string space)
    {
        Assert.Empty(await scene.ClaimsAsync(space, Ct));
        Assert.Equal(0, scene.Calls.CountOf("AllocateAddresses"));
        Assert.Equal(0, scene.Calls.CountOf("AssociateAddress"));
        Assert.Empty(scene.OwnAddresses);
    }
}
