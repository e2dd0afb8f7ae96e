using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Scenes;
using Xunit;

namespace PodEip.ClusterTests.Cases;

/// <summary>What is written into <c>eip-attributes</c> is what the cloud is asked for.</summary>
public sealed class AttributesTests(Stage stage) : SharedScene(stage)
{
    private const string Traffic = "TRAFFIC_POSTPAID_BY_HOUR";

    private static readonly (string Text, int Bandwidth, string Isp, string Charge)[] Good =
    [
        ("", 100, "BGP", Traffic),
        ("{}", 100, "BGP", Traffic),
        ("""{"Bandwidth":"100","ISP":"BGP"}""", 100, "BGP", Traffic),
        ("""{"Bandwidth":50}""", 50, "BGP", Traffic),
        ("""{"ISP":"CMCC"}""", 100, "CMCC", Traffic),
        ("""{"Bandwidth":"5","ISP":"CTCC"}""", 5, "CTCC", Traffic),
        ("""{"Bandwidth":1,"ISP":"CUCC"}""", 1, "CUCC", Traffic),
        ("""{"InternetMaxBandwidthOut":7,"InternetServiceProvider":"CTCC"}""", 7, "CTCC", Traffic),
        ("""{"InternetMaxBandwidthOut":20,"InternetChargeType":"BANDWIDTH_POSTPAID_BY_HOUR","AddressType":"EIP"}""", 20, "BGP", "BANDWIDTH_POSTPAID_BY_HOUR"),
        ("""{"Bandwidth":"90","InternetMaxBandwidthOut":20,"ISP":"CMCC","InternetServiceProvider":"BGP"}""", 20, "BGP", Traffic),
    ];

    [Fact]
    public async Task Every_good_form_is_bought_as_written()
    {
        var (scene, space) = await OpenAsync("attributes");
        await scene.CreateAllAsync(space, Good.Select((good, i) => Pods.New($"pod-{i}", good.Text)), Ct);
        var all = await scene.AllBoundAsync(space, Good.Length, Ct);
        Assert.All(Good.Index(), good =>
        {
            var address = all[$"pod-{good.Index}"].Address!;
            Assert.Equal((good.Item.Bandwidth, good.Item.Isp, good.Item.Charge), (address.Bandwidth, address.Isp, address.ChargeType));
        });
        Assert.Equal(Good.Length, all.Values.Select(sight => sight.Address!.Id).Distinct().Count());
    }

    [Fact]
    public async Task What_only_the_cloud_can_judge_is_shown_in_its_words()
    {
        var (scene, space) = await OpenAsync("attributes");
        await scene.CreateAsync(space, Pods.New("greedy", """{"Bandwidth":"5000"}"""), Ct);
        var refused = await scene.WaitsForAsync(space, "greedy", Reasons.InvalidRequest, Ct);
        Assert.Equal(ClaimPhase.Failed, refused.Claim!.Status.Phase);
        Assert.Null(refused.Claim.Status.AddressId);
        var told = await scene.EventAsync(space, "Pod", "greedy", EventReasons.FailedAllocateEIP, Ct);
        Assert.Contains("AllocateAddresses", told.Message, StringComparison.Ordinal);
        Assert.Contains("5000", told.Message, StringComparison.Ordinal);

        await scene.EndPodAsync(space, "greedy", Ct);
        await scene.GoneAsync(space, "greedy", Ct);
    }

    [Fact]
    public async Task The_id_list_beats_the_attributes_and_a_warning_says_so()
    {
        var (scene, space) = await OpenAsync("attributes");
        var given = scene.GiveAddress();
        var pod = Pods.Given("both", given.Id);
        pod.Metadata.Annotations[Pods.Prefix + "eip-attributes"] = "";
        await scene.CreateAsync(space, pod, Ct);
        Assert.Equal(given.Id, (await scene.BoundAsync(space, "both", Ct)).Address!.Id);
        await scene.EventAsync(space, "Pod", "both", EventReasons.IgnoredEIPAttributes, Ct);
    }

    [Theory]
    [InlineData("tke-direct-eni", false)]
    [InlineData("tke-direct-eni", true)]
    [InlineData("tke-route-eni", true)]
    [InlineData("tke-bridge,tke-route-eni", false)]
    [InlineData(null, false)]
    public async Task Every_kind_of_network_interface_carries_an_address(string? networks, bool fixedIp)
    {
        var (scene, space) = await OpenAsync("networks");
        await scene.CreateAsync(space, Pods.New("pod", change: pod =>
        {
            if (networks is null)
            {
                pod.Metadata.Annotations.Remove(Pods.Prefix + "networks");
            }
            else
            {
                pod.Metadata.Annotations[Pods.Prefix + "networks"] = networks;
            }

            if (fixedIp)
            {
                pod.Metadata.Annotations[Pods.Prefix + "vpc-ip-claim-delete-policy"] = "Never";
            }
        }), Ct);
        var bound = await scene.BoundAsync(space, "pod", Ct);
        Assert.Equal(networks is "tke-direct-eni", scene.Model.FindEni(bound.Address!.EniId!)!.FindIp(bound.Address.PrivateIp!)!.IsPrimary);
        foreach (var reason in (string[])[EventReasons.AllocatedEIP, EventReasons.AssociatedEIP])
        {
            await scene.EventAsync(space, "Pod", "pod", reason, Ct);
            await scene.EventAsync(space, "EIPClaim", "pod", reason, Ct);
        }
    }
}
