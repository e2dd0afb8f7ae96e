using PodEip.Api;
using PodEip.Claims.Explain;
using PodEip.CloudSim;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;
using k8s.Models;

namespace PodEip.LifeTests.Cases;

/// <summary>Ten ways to break it, and what <c>kubectl eip why</c> tells of each: the cause, in the words of whoever knows it, and what to do next.</summary>
[Collection(Stage.Alone)]
public sealed class BreakageTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly SceneOptions Ten = new() { Name = "ten", Cvms = 2, Flags = "--egress-refresh 1s --quota-refresh 2s" };

    // What these leave behind slows the next purchases of a controller down: each has one of its own.
    private static readonly SceneOptions Arrears = Ten with { Name = "ten-arrears" };
    private static readonly SceneOptions Elsewhere = Ten with { Name = "ten-region" };

    [Fact]
    public async Task B1_no_permission()
    {
        var (scene, space) = await OpenAsync("permission", Ten);
        var access = scene.Model.Access;
        var key = access.Find(CloudSimOptions.DefaultSecretId)!;
        try
        {
            access.SetKey(key with { Deny = ["cvm:AllocateAddresses"] });
            await scene.CreateAsync(space, Pods.New("pod"), Ct);
            await IsToldAsync(scene, space, "pod", Reasons.Unauthorized, "cvm:AllocateAddresses", "policy");
        }
        finally
        {
            access.SetKey(key);
        }
    }

    [Fact]
    public async Task B2_no_quota()
    {
        var (scene, space) = await OpenAsync("quota", Ten);
        try
        {
            scene.Model.Settings = scene.Model.Settings with { TotalQuota = 0 };
            // Given ones of the tests before stay in the account, and count.
            var held = scene.Model.Addresses.Count;
            await scene.CreateAsync(space, Pods.New("pod"), Ct);
            await IsToldAsync(scene, space, "pod", Reasons.QuotaExceeded, $"TOTAL_EIP_QUOTA is used up: {held} of 0", "larger quota");
        }
        finally
        {
            scene.Model.Settings = scene.Model.Settings with { TotalQuota = SceneOptions.Plenty.TotalQuota };
        }
    }

    [Fact]
    public async Task B3_wrong_ISP_by_its_word_and_by_the_clouds_judgement()
    {
        var (scene, space) = await OpenAsync("isp", Ten);
        try
        {
            scene.Model.Settings = scene.Model.Settings with { Isps = ["BGP"] };
            await scene.CreateAllAsync(space, [Pods.New("word", """{"ISP":"CTC"}"""), Pods.New("line", """{"ISP":"CMCC"}""")], Ct);
            await IsToldAsync(scene, space, "word", EventReasons.InvalidEIPAttributes, "CTC", "says what is allowed");
            await IsToldAsync(scene, space, "line", Reasons.InvalidRequest, "CMCC", "ISP");
        }
        finally
        {
            scene.Model.Settings = scene.Model.Settings with { Isps = SceneOptions.Plenty.Isps };
        }
    }

    [Fact]
    public async Task B4_a_NAT_gateways_route_goes_first()
    {
        var (scene, space) = await OpenAsync("nat", Ten);
        var table = scene.Model.CreateRouteTable(scene.Model.Vpcs[0].Id).Id;
        scene.Model.AssociateRouteTable(scene.Model.Subnets[0].Id, table);
        var nat = scene.Model.CreateNatGateway(scene.Model.Vpcs[0].Id).Gateway.Id;
        scene.Model.CreateRoutes(new CreateRoutesCall(table, [new NewRoute { Destination = "0.0.0.0/0", GatewayType = GatewayTypes.Nat, GatewayId = nat }]));
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        await IsToldAsync(scene, space, "pod", Reasons.NatRouteWins, nat, "kubectl eip routes --apply");

        // Its users are not left with others' tables.
        scene.Model.AssociateRouteTable(scene.Model.Subnets[0].Id, scene.Model.CreateRouteTable(scene.Model.Vpcs[0].Id).Id);
    }

    [Fact]
    public async Task B5_no_slots()
    {
        var (scene, space) = await OpenAsync("slots", Ten);
        await scene.CreateAsync(space, Pods.New("pod", change: pod =>
        {
            var resources = pod.Spec.Containers[0].Resources;
            resources.Requests[Pods.Prefix + "eip"] = new ResourceQuantity("50");
            resources.Limits[Pods.Prefix + "eip"] = new ResourceQuantity("50");
        }), Ct);
        await IsToldAsync(scene, space, "pod", Causes.NoSlots, "Insufficient tke.cloud.tencent.com/eip", "Add Nodes");
    }

    [Fact]
    public async Task B6_the_address_is_taken()
    {
        var (scene, space) = await OpenAsync("taken", Ten);
        var address = scene.GiveAddress();
        await scene.CreateAsync(space, Pods.Given("first", address.Id), Ct);
        await scene.BoundAsync(space, "first", Ct);
        await scene.CreateAsync(space, Pods.Given("second", address.Id), Ct);
        await IsToldAsync(scene, space, "second", Reasons.AddressTakenByOtherClaim, $"{space}/first", "Name another address");
    }

    [Fact]
    public async Task B7_arrears_of_the_account_and_of_an_address()
    {
        var (scene, space) = await OpenAsync("arrears", Arrears);
        try
        {
            scene.Model.Settings = scene.Model.Settings with { NoBalance = true };
            var address = scene.GiveAddress();
            scene.Model.ChangeAddress(address.Id, a => a with { IsArrears = true });
            await scene.CreateAllAsync(space, [Pods.New("bought"), Pods.Given("given", address.Id)], Ct);
            await IsToldAsync(scene, space, "bought", Reasons.BalanceInsufficient, "AllocateAddresses", "Top up");
            await IsToldAsync(scene, space, "given", Reasons.AddressUnusable, "arrears", "Pay");
        }
        finally
        {
            scene.Model.Settings = scene.Model.Settings with { NoBalance = false };
        }
    }

    [Fact]
    public async Task B8_the_private_IP_is_on_no_interface()
    {
        var (scene, space) = await OpenAsync("interface", Ten);
        await scene.CreateAsync(space, Pods.New("pod", change: pod =>
        {
            // It says that it is on VPC-CNI, and its node gives it an IP of its own range.
            pod.Spec.Containers[0].Resources.Requests.Remove(Pods.Prefix + "eni-ip");
            pod.Spec.Containers[0].Resources.Limits.Remove(Pods.Prefix + "eni-ip");
            pod.Metadata.Annotations[Pods.Prefix + "networks"] = "tke-bridge";
        }), Ct);
        await scene.AddressedAsync(space, "pod", Ct);
        await scene.AnnotateAsync(space, "pod", Ct, ("networks", "tke-route-eni"));
        await IsToldAsync(scene, space, "pod", Reasons.NotOnVpcCni, "is on no ENI of the VPC", "--vpc-id");
    }

    [Fact]
    public async Task B9_the_wrong_region()
    {
        var (scene, space) = await OpenAsync("region", Elsewhere);
        var right = scene.Model.Settings.Region;
        await scene.Controller.StopAsync();
        string[] flags = [.. scene.Controller.Flags];
        flags[Array.IndexOf(flags, "--region") + 1] = "ap-shanghai";
        await using (var wrong = new ControllerRun(flags, scene.Model.Access.Find(CloudSimOptions.DefaultSecretId)))
        {
            wrong.Start();
            await wrong.ReadyAsync(Ct);
            await scene.CreateAsync(space, Pods.New("pod"), Ct);
            await IsToldAsync(scene, space, "pod", Causes.WrongRegion, $"the controller works in region ap-shanghai, and the Nodes are in {right}", $"--region {right}");
            await wrong.StopAsync();
        }

        scene.Controller.Start();
        await scene.Controller.ReadyAsync(Ct);
    }

    [Fact]
    public async Task B10_the_agent_is_missing_on_a_node()
    {
        var (scene, space) = await OpenAsync("agent", Ten);
        var (with, without) = (scene.Cvms[0].Name, scene.Cvms[1].Name);
        await scene.CreateAllAsync(
            space,
            [
                Pods.New("agent", attributes: null, change: pod => pod.Metadata.Labels = new Dictionary<string, string> { ["app.kubernetes.io/name"] = "pod-eip", ["app.kubernetes.io/component"] = "agent" }).On(with),
                Pods.New("there").On(with), Pods.New("elsewhere").On(without),
            ],
            Ct);
        await scene.BoundAsync(space, "there", Ct);
        await scene.BoundAsync(space, "elsewhere", Ct);
        await IsToldAsync(scene, space, "elsewhere", Causes.AgentMissing, $"does not run on Node {without}", "DaemonSet");
        await Eventually.BecomesAsync(
            token => scene.RunCliAsync(token, "why", $"{space}/there", "-o", "json"), ran => ran.Code == 0, description: "a Pod beside an agent to be well", cancellation: Ct);
    }

    /// <summary>The first cause that is told is this one, with these words in it, and this to do.</summary>
    private async Task IsToldAsync(Scene scene, string space, string name, string reason, string words, string next)
    {
        var told = await Eventually.BecomesAsync(
            token => scene.RunCliAsync(token, "why", $"{space}/{name}", "-o", "json"),
            ran => ran.Code == 3 && ran.Json["findings"]?[0] is { } finding && (string?)finding["reason"] == reason && $"{finding["cause"]} {finding["detail"]}".Contains(words, StringComparison.Ordinal),
            TimeSpan.FromMinutes(3), $"why {space}/{name} to name {reason} and {words}", Ct);
        var first = told.Json["findings"]![0]!;
        Assert.Contains(next, (string)first["next"]!, StringComparison.Ordinal);

        var page = await scene.RunCliAsync(Ct, "why", name, "-n", space);
        Assert.Contains($"{reason}: ", page.Output, StringComparison.Ordinal);
        Assert.Contains((string)first["next"]!, page.Output, StringComparison.Ordinal);
        Output.WriteLine(page.Output);
    }
}
