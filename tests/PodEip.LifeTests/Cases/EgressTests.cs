using PodEip.Api;
using PodEip.CloudSim;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>S8: the four situations of a subnet's routes, told on the claim and put right on request.</summary>
[Collection(Stage.Alone)]
public sealed class EgressTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private const string Everywhere = "0.0.0.0/0";

    private static readonly SceneOptions Watching = new() { Name = "egress", Cvms = 2, Flags = "--egress-refresh 1s" };
    private static readonly SceneOptions Managing = new() { Name = "routes", Cvms = 2, Flags = "--egress-refresh 1s --manage-eip-routes --eip-route-linger 2s" };

    [Fact]
    public async Task S8_which_way_packets_leave_is_told_on_the_claim_in_all_four_situations()
    {
        var (scene, space) = await OpenAsync("egress", Watching);
        var table = FreshTable(scene);
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        await scene.BoundAsync(space, "pod", Ct);
        await SaysAsync(scene, space, ConditionStatuses.True, Reasons.NoRoute);

        var nat = scene.Model.CreateNatGateway(scene.Model.Vpcs[0].Id).Gateway.Id;
        Add(scene, table, Everywhere, GatewayTypes.Nat, nat);
        var diverted = await SaysAsync(scene, space, ConditionStatuses.False, Reasons.NatRouteWins);
        Assert.True(diverted.IsBound);
        Assert.Contains(nat, diverted.Claim!.Status.Condition(ConditionTypes.EgressReady)!.Message, StringComparison.Ordinal);
        foreach (var kind in (string[])["Pod", "EIPClaim"])
        {
            Assert.Contains(nat, (await scene.EventAsync(space, kind, "pod", EventReasons.EgressDiverted, Ct)).Message, StringComparison.Ordinal);
        }

        var shown = await scene.RunCommandAsync("routes", Ct, "-o", "json");
        Assert.Equal(0, shown.Code);
        var row = shown.Json["tables"]!.AsArray().Single()!;
        Assert.Equal((table, "Diverted", "planned", Everywhere), ((string)row["id"]!, (string)row["way"]!, (string)row["result"]!, (string)row["missing"]![0]!));
        Assert.Equal(1, (int)row["subnets"]![0]!["boundPods"]!);
        Assert.NotEmpty((string)row["winning"]![0]!["publicIps"]![0]!);
        Assert.Single(scene.Model.FindRouteTable(table)!.Routes);
        Output.WriteLine((await scene.RunCommandAsync("routes", Ct)).Output);

        var applied = await scene.RunCommandAsync("routes", Ct, "--apply");
        Assert.True(applied.Code == 0, applied.ToString());
        await SaysAsync(scene, space, ConditionStatuses.True, Reasons.EipRoute);
        await scene.EventAsync(space, "EIPClaim", "pod", EventReasons.EgressThroughEIP, Ct);

        Add(scene, table, "8.0.0.0/8", GatewayTypes.Nat, nat);
        var narrow = await SaysAsync(scene, space, ConditionStatuses.False, Reasons.NatRouteWins);
        Assert.Contains("8.0.0.0/8", narrow.Claim!.Status.Condition(ConditionTypes.EgressReady)!.Message, StringComparison.Ordinal);
        Assert.Equal(3, scene.Model.FindRouteTable(table)!.Routes.Length);
    }

    [Fact]
    public async Task S8_reading_routes_is_no_matter_of_how_many_Pods_there_are_and_is_done_only_while_one_is_bound()
    {
        var (scene, space) = await OpenAsync("few", Watching with { Name = "few", Flags = "" });
        FreshTable(scene);
        await scene.CreateAllAsync(space, Enumerable.Range(0, 12).Select(i => Pods.New($"pod-{i}")), Ct);
        await scene.AllBoundAsync(space, 12, Ct);
        await Eventually.BecomesTrueAsync(
            async token => (await scene.ClaimsAsync(space, token)).All(c => c.Status.Condition(ConditionTypes.EgressReady) is { Reason: Reasons.NoRoute }), description: "every claim to say its way", cancellation: Ct);
        Assert.InRange(scene.Calls.Read("DescribeSubnets").Count, 1, 3);
        Assert.InRange(scene.Calls.Read("DescribeRouteTables").Count, 1, 3);
        Assert.True(scene.Calls.Read("AssociateAddress")[0].At <= scene.Calls.Read("DescribeSubnets")[0].At, "routes were read before anything was bound");
    }

    [Fact]
    public async Task S8_the_missing_route_is_added_recorded_and_removed_with_the_last_Pod()
    {
        var (scene, space) = await OpenAsync("routes", Managing);
        var table = FreshTable(scene);
        var nat = scene.Model.CreateNatGateway(scene.Model.Vpcs[0].Id).Gateway.Id;
        Add(scene, table, Everywhere, GatewayTypes.Nat, nat);
        await scene.CreateAsync(space, Pods.New("pod"), Ct);
        await scene.BoundAsync(space, "pod", Ct);
        await SaysAsync(scene, space, ConditionStatuses.True, Reasons.EipRoute);
        Assert.Equal([GatewayTypes.Nat, GatewayTypes.Eip], scene.Model.FindRouteTable(table)!.Routes.Select(r => r.GatewayType));
        await RecordsAsync(scene, table, $"{Everywhere} Added");

        // The next process knows whose it is.
        await scene.Controller.KillAsync(Ct);
        await scene.RestartAsync(Ct);
        await scene.EndPodAsync(space, "pod", Ct);
        await scene.GoneAsync(space, "pod", Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindRouteTable(table)!.Routes.Length == 1, description: "our route to be removed", cancellation: Ct);
        Assert.Equal(nat, scene.Model.FindRouteTable(table)!.Routes[0].GatewayId);
        await RecordsAsync(scene, table, null);
        Assert.Single(scene.Calls.Read("CreateRoutes"));
        Assert.Single(scene.Calls.Read("DeleteRoutes"));
    }

    [Fact]
    public async Task S8_what_may_not_be_added_is_told_and_what_somebody_removes_is_not_fought_for()
    {
        var (scene, space) = await OpenAsync("denied", Managing);
        var table = FreshTable(scene);
        Add(scene, table, Everywhere, GatewayTypes.Nat, scene.Model.CreateNatGateway(scene.Model.Vpcs[0].Id).Gateway.Id);
        var access = scene.Model.Access;
        var key = access.Find(CloudSimOptions.DefaultSecretId)!;
        try
        {
            access.SetKey(key with { Deny = ["vpc:CreateRoutes"] });
            await scene.CreateAsync(space, Pods.New("pod"), Ct);
            await scene.BoundAsync(space, "pod", Ct);
            var denied = await SaysAsync(scene, space, ConditionStatuses.False, Reasons.NatRouteWins);
            Assert.Contains("vpc:CreateRoutes", denied.Claim!.Status.Condition(ConditionTypes.EgressReady)!.Message, StringComparison.Ordinal);
            Assert.True(denied.IsBound);
        }
        finally
        {
            access.SetKey(key);
        }

        await SaysAsync(scene, space, ConditionStatuses.True, Reasons.EipRoute);
        scene.Model.ChangeRoutes(table, t => t.Routes.Where(r => r.GatewayType != GatewayTypes.Eip));
        await RecordsAsync(scene, table, $"{Everywhere} LeftAlone");
        await SaysAsync(scene, space, ConditionStatuses.False, Reasons.NatRouteWins);
        Assert.Single(scene.Calls.Read("CreateRoutes", code: ""));
        Assert.Single(scene.Model.FindRouteTable(table)!.Routes);
    }

    /// <summary>An empty table in force for the scene's subnet.</summary>
    private static string FreshTable(Scene scene)
    {
        var table = scene.Model.CreateRouteTable(scene.Model.Vpcs[0].Id).Id;
        scene.Model.AssociateRouteTable(scene.Model.Subnets[0].Id, table);
        return table;
    }

    private static void Add(Scene scene, string table, string destination, string type, string gateway) =>
        scene.Model.CreateRoutes(new CreateRoutesCall(table, [new NewRoute { Destination = destination, GatewayType = type, GatewayId = gateway }]));

    private static Task<Sight> SaysAsync(Scene scene, string space, string status, string reason) => scene.SeesAsync(
        space, "pod", sight => sight.Claim?.Status.Condition(ConditionTypes.EgressReady) is { } c && c.Status == status && c.Reason == reason, Ct, description: $"EgressReady {status}, {reason}");

    private static Task RecordsAsync(Scene scene, string table, string? lines) => Eventually.BecomesAsync(
        async token =>
        {
            var map = await scene.Client.CoreV1.ReadNamespacedConfigMapAsync($"podeip-routes-{scene.Controller.Flag("--cluster-id")}", scene.Controller.Flag("--namespace"), cancellationToken: token);
            return map.Data?.TryGetValue(table, out var text) is true ? text : null;
        },
        seen => seen == lines, description: $"the record to say {lines ?? "nothing"}", cancellation: Ct);
}
