using PodEip.Api.Resources;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using k8s.Models;

namespace PodEip.FaultTests.Crashes;

/// <summary>Everything that can happen to an address, in an order in which it can.</summary>
internal static class LifeOfAnAddress
{
    private const string Own = "own";
    private const string Fixed = "fixed-0";
    private const string Given = "given";
    private const string Reserved = "reserved";
    private const string Egress = "egress";
    private const string GivenId = "eip-matrix01";

    public static IReadOnlyList<Chapter> Chapters { get; } =
    [
        new("publish a Node's slots", BeginNodeAsync, (s, _, ct) => OffersAsync(s, ct)),
        new("allocate and bind", (s, ns, ct) => s.CreateAsync(ns, Pods.New(Own), ct), (s, ns, ct) => IsBoundAsync(s, ns, Own, ct)),
        new("allocate and bind, fixed", (s, ns, ct) => s.CreateStatefulSetAsync(ns, "fixed", 1, Pods.Annotations(isFixed: true), ct), (s, ns, ct) => IsBoundAsync(s, ns, Fixed, ct)),
        new("bind a given one", BeginGivenAsync, (s, ns, ct) => IsBoundAsync(s, ns, Given, ct)),
        new("change the bandwidth", (s, ns, ct) => s.AnnotateAsync(ns, Own, ct, ("eip-attributes", """{"Bandwidth":20}""")), (s, ns, ct) => HasBandwidthAsync(s, ns, 20, ct)),
        new("change the line", (s, ns, ct) => s.AnnotateAsync(ns, Own, ct, ("eip-attributes", """{"Bandwidth":20,"ISP":"CMCC"}""")), IsOfLineAsync),
        new("lose the tag", LoseTagAsync, (s, ns, ct) => Task.FromResult(s.OwnAddresses.Count == 2)),
        new("retain", (s, ns, ct) => ScaleAsync(s, ns, 0, ct), IsRetainedAsync),
        new("return", (s, ns, ct) => ScaleAsync(s, ns, 1, ct), (s, ns, ct) => IsBoundAsync(s, ns, Fixed, ct)),
        new("be fixed no more", (s, ns, ct) => s.AnnotateAsync(ns, Fixed, ct, ("eip-claim-delete-policy", "Delete")), (s, ns, ct) => IsFixedAsync(s, ns, false, ct)),
        new("be fixed again", (s, ns, ct) => s.AnnotateAsync(ns, Fixed, ct, ("eip-claim-delete-policy", "Never")), (s, ns, ct) => IsFixedAsync(s, ns, true, ct)),
        new("unbind and release", (s, ns, ct) => s.EndPodAsync(ns, Own, ct), async (s, ns, ct) => await s.ClaimAsync(ns, Own, ct) is null && s.OwnAddresses.Count == 1),
        new("free a given one", (s, ns, ct) => s.EndPodAsync(ns, Given, ct), async (s, ns, ct) => await s.ClaimAsync(ns, Given, ct) is null && s.Model.FindAddress(GivenId) is { Status: AddressStatus.Unbind }),
        new("delete the claim of a living Pod", (s, ns, ct) => s.DeleteClaimAsync(ns, Fixed, ct), (s, ns, ct) => IsBoundAsync(s, ns, Fixed, ct, own: 1)),
        new("reserve", ReserveAsync, async (s, ns, ct) => await s.LookAsync(ns, Reserved, ct) is { Claim.Status: { Phase: ClaimPhase.Retained, AddressId: not null } }),
        new("expire", ExpireAsync, async (s, ns, ct) => await s.ClaimAsync(ns, Reserved, ct) is null && s.OwnAddresses.Count == 1),
        new("cascade", (s, ns, ct) => s.Client.AppsV1.DeleteNamespacedStatefulSetAsync("fixed", ns, propagationPolicy: "Background", cancellationToken: ct), async (s, ns, ct) => await s.ClaimAsync(ns, Fixed, ct) is null && s.OwnAddresses.Count == 0),
        new("add an EIP route", BeginEgressAsync, HasEipRouteAsync),
        new("remove the EIP route", (s, ns, ct) => s.EndPodAsync(ns, Egress, ct), LeavesRoutesAsync),
    ];

    private static async Task<bool> IsBoundAsync(Scene scene, string space, string name, CancellationToken cancellation, int? own = null) =>
        (await scene.LookAsync(space, name, cancellation)).IsBound && (own is null || scene.OwnAddresses.Count == own);

    /// <summary>A Node that registers anew has lost what was published of it.</summary>
    private static async Task BeginNodeAsync(Scene scene, string space, CancellationToken cancellation)
    {
        scene.Machines.RegisterAnew(scene.Cvms[0].Name);
        await TestKit.Waiting.Eventually.BecomesTrueAsync(async token => !await OffersAsync(scene, token), description: "a Node without slots", cancellation: cancellation);
    }

    private static async Task<bool> OffersAsync(Scene scene, CancellationToken cancellation)
    {
        var nodes = await scene.Client.CoreV1.ListNodeAsync(fieldSelector: $"metadata.name={scene.Cvms[0].Name}", cancellationToken: cancellation);
        return nodes.Items.Any(node => node.Status.Allocatable?.ContainsKey(Pods.Prefix + "eip") is true);
    }

    private static async Task BeginGivenAsync(Scene scene, string space, CancellationToken cancellation)
    {
        scene.GiveAddress(GivenId);
        await scene.CreateAsync(space, Pods.Given(Given, GivenId), cancellation);
    }

    private static async Task ScaleAsync(Scene scene, string space, int replicas, CancellationToken cancellation)
    {
        await scene.Client.AppsV1.PatchNamespacedStatefulSetAsync(
            new V1Patch($$$"""{"spec":{"replicas":{{{replicas}}}}}""", V1Patch.PatchType.MergePatch), "fixed", space, cancellationToken: cancellation);
        await TestKit.Waiting.Eventually.BecomesTrueAsync(
            async token => (await scene.LookAsync(space, Fixed, token)).Pod is not null == replicas > 0, description: $"{replicas} Pods", cancellation: cancellation);
    }

    private static async Task<bool> IsRetainedAsync(Scene scene, string space, CancellationToken cancellation) =>
        await scene.LookAsync(space, Fixed, cancellation) is { Claim.Status.Phase: ClaimPhase.Retained, Address.Status: AddressStatus.Unbind };

    private static async Task<bool> HasBandwidthAsync(Scene scene, string space, int bandwidth, CancellationToken cancellation) =>
        await scene.LookAsync(space, Own, cancellation) is { IsBound: true } sight && sight.Address!.Bandwidth == bandwidth
        && sight.Claim!.Spec.Attributes?.BandwidthMbps == bandwidth && sight.Claim.Status.AttributeHash == sight.Claim.Spec.Attributes.Hash;

    private static async Task<bool> IsOfLineAsync(Scene scene, string space, CancellationToken cancellation) =>
        await scene.LookAsync(space, Own, cancellation) is { IsBound: true, Address.Isp: "CMCC" } && scene.OwnAddresses.Count == 2;

    /// <summary>A fixed claim refers to its workload, another one does not.</summary>
    private static async Task<bool> IsFixedAsync(Scene scene, string space, bool isFixed, CancellationToken cancellation) =>
        await scene.LookAsync(space, Fixed, cancellation) is { IsBound: true, Claim: { } claim }
        && claim.Spec.DeletePolicy == (isFixed ? Api.Demands.DeletePolicy.Never : Api.Demands.DeletePolicy.Delete) && claim.Metadata.OwnerReferences is { Count: > 0 } == isFixed;

    private static async Task LoseTagAsync(Scene scene, string space, CancellationToken cancellation)
    {
        var own = (await scene.LookAsync(space, Own, cancellation)).Address!;
        scene.Model.ChangeAddress(own.Id, address => address with { Tags = address.Tags.Clear() });
    }

    private static Task ReserveAsync(Scene scene, string space, CancellationToken cancellation) => scene.Api.CreateAsync(
        Scene.ClaimPath(space),
        new EipClaim { Metadata = new ClaimMetadata { Namespace = space, Name = Reserved }, Spec = new EipClaimSpec { DeletePolicy = Api.Demands.DeletePolicy.Never, Attributes = new Api.Demands.AddressAttributes() } },
        EipClaimJson.Default.EipClaim, cancellation);

    private static Task ExpireAsync(Scene scene, string space, CancellationToken cancellation) => scene.Api.PatchAsync(
        Scene.ClaimPath(space, Reserved, "status"), PatchKind.Merge, """{"status":{"retainedSince":"2026-01-01T00:00:00Z"}}"""u8.ToArray(), EipClaimJson.Default.EipClaim, cancellation);

    private static async Task BeginEgressAsync(Scene scene, string space, CancellationToken cancellation)
    {
        var nat = scene.Model.CreateNatGateway(scene.Model.Vpcs[0].Id, addresses: 0).Gateway.Id;
        scene.Model.CreateRoutes(new CreateRoutesCall(scene.Model.Subnets[0].RouteTableId, [new NewRoute { Destination = "0.0.0.0/0", GatewayType = GatewayTypes.Nat, GatewayId = nat }]));
        await scene.CreateAsync(space, Pods.New(Egress), cancellation);
    }

    private static async Task<bool> HasEipRouteAsync(Scene scene, string space, CancellationToken cancellation) =>
        await scene.LookAsync(space, Egress, cancellation) is { IsBound: true } sight && sight.Claim!.Status.Condition(Api.ConditionTypes.EgressReady) is { Reason: Api.Reasons.EipRoute }
        && (await RecordAsync(scene, cancellation)).EndsWith("Added", StringComparison.Ordinal);

    private static async Task<bool> LeavesRoutesAsync(Scene scene, string space, CancellationToken cancellation) =>
        await scene.ClaimAsync(space, Egress, cancellation) is null && scene.OwnAddresses.Count == 0
        && scene.Model.FindRouteTable(scene.Model.Subnets[0].RouteTableId)!.Routes is [{ GatewayType: GatewayTypes.Nat }]
        && (await RecordAsync(scene, cancellation)).Length == 0;

    /// <summary>What is written down of the routes that were added.</summary>
    private static async Task<string> RecordAsync(Scene scene, CancellationToken cancellation)
    {
        var maps = await scene.Client.CoreV1.ListNamespacedConfigMapAsync(scene.Controller.Flag("--namespace"), fieldSelector: $"metadata.name=podeip-routes-{scene.Controller.Flag("--cluster-id")}", cancellationToken: cancellation);
        return string.Join('\n', maps.Items.SelectMany(map => map.Data?.Values ?? []));
    }
}
