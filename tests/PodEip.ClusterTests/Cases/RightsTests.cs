using System.Net;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;
using k8s.Autorest;

namespace PodEip.ClusterTests.Cases;

/// <summary>
/// The generated RBAC manifest is enough for all that the controller does. Every scene runs with it; this one goes through as many of its deeds as one life
/// has, and then asks the controller whether the API server refused any.
/// </summary>
[Collection(Stage.Alone)]
public sealed class RightsTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly SceneOptions Options = new()
    {
        Name = "rights", Cvms = 2, Cloud = SceneOptions.Shared.Cloud, Flags = "--egress-refresh 1s --manage-eip-routes --eip-route-linger 1s --enable-ownerref",
    };

    [Fact]
    public async Task The_generated_roles_are_enough_for_a_whole_life()
    {
        var (scene, space) = await OpenAsync("rights", Options);
        var table = scene.Model.CreateRouteTable(scene.Model.Vpcs[0].Id).Id;
        foreach (var subnet in scene.Model.Subnets)
        {
            scene.Model.AssociateRouteTable(subnet.Id, table);
        }

        var nat = scene.Model.CreateNatGateway(scene.Model.Vpcs[0].Id).Gateway.Id;
        scene.Model.CreateRoutes(new CreateRoutesCall(table, [new NewRoute { Destination = "0.0.0.0/0", GatewayType = GatewayTypes.Nat, GatewayId = nat }]));

        // Owners of each kind, a fixed Pod, one that names its address, a refused one.
        var given = scene.GiveAddress();
        await scene.CreateStatefulSetAsync(space, "set", 1, Pods.Annotations(isFixed: true), Ct);
        await scene.CreateDeploymentAsync(space, "deployment", 1, Pods.Annotations(), Ct);
        await scene.CreateAsync(space, Pods.Given("given", given.Id), Ct);
        await scene.CreateAsync(space, Pods.New("refused", """{"Bandwidth":"many"}"""), Ct);
        await scene.BoundAsync(space, "set-0", Ct);
        await scene.BoundAsync(space, "given", Ct);
        await scene.EventAsync(space, "EIPClaim", "set-0", EventReasons.AssociatedEIP, Ct);
        await Eventually.BecomesTrueAsync(
            async token => (await scene.ClaimsAsync(space, token)).Count(claim => claim.Status is { Phase: ClaimPhase.Bound } status && status.Condition(ConditionTypes.EgressReady)?.Reason == Reasons.EipRoute) == 3,
            description: "three bound claims that leave by a route we added", cancellation: Ct);

        // Retained, released, left.
        await scene.Client.AppsV1.DeleteNamespacedStatefulSetAsync("set", space, cancellationToken: Ct);
        await scene.Client.AppsV1.DeleteNamespacedDeploymentAsync("deployment", space, cancellationToken: Ct);
        await scene.EndPodAsync(space, "given", Ct);
        await scene.EndPodAsync(space, "refused", Ct);
        await scene.GoneAsync(space, "given", Ct);

        // The next leader reads what the first one wrote.
        await scene.Controller.KillAsync(Ct);
        await scene.RestartAsync(Ct);
        await scene.EmptyAsync(Ct);
        await Eventually.BecomesTrueAsync(() => scene.Model.FindRouteTable(table)!.Routes.Length == 1, description: "our route to be removed", cancellation: Ct);

        Assert.DoesNotContain(scene.Lines, line => line.Contains(": 403 ", StringComparison.Ordinal));
        Assert.DoesNotContain("code=\"403\"", await scene.Controller.MetricsAsync(Ct), StringComparison.Ordinal);

        // And they are all it has.
        using var client = ControlPlaneFixture.ClientFor(scene.Controller.Flag("--kubeconfig"));
        var refused = await Assert.ThrowsAsync<HttpOperationException>(() => client.CoreV1.ReadNamespacedSecretAsync("any", space, cancellationToken: Ct));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Response.StatusCode);
    }
}
