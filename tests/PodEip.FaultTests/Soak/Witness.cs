using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Model;
using PodEip.Scenes;

namespace PodEip.FaultTests.Soak;

/// <summary>Remembers what fixed claims were promised, and judges the end.</summary>
internal sealed class Witness(Scene scene, Estate estate)
{
    // Waits that nothing but the user can end.
    private static readonly string[] Lasting =
    [
        Reasons.BeyondIdList, Reasons.NoFreeAddressInList, Reasons.AddressTakenByOtherClaim, Reasons.AddressBoundOutside, Reasons.AddressIsOwn, Reasons.InvalidAnnotation,
        Reasons.WaitingForSchedule, Reasons.WaitingForPod, Reasons.Retained,
    ];

    private readonly Dictionary<string, (ClaimKey Key, string AddressId)> _promises = [];

    /// <summary>Looks at the claims until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                foreach (var claim in await scene.AllClaimsAsync(cancellation))
                {
                    if (claim is { Spec: { DeletePolicy: Api.Demands.DeletePolicy.Never, AddressIds: null }, Status: { AddressId: { } id, Phase: ClaimPhase.Bound or ClaimPhase.Retained }, Metadata.Uid: { } uid })
                    {
                        _promises.TryAdd(uid, (claim.Key, id));
                    }
                }
            }
            catch (Exception e) when (e is Kubernetes.Api.KubeApiException or HttpRequestException or OperationCanceledException)
            {
                // The API server is away at times; the next look comes.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>What is wrong now, by kind; every list is empty when nothing is.</summary>
    public async Task<IReadOnlyList<(string Kind, IReadOnlyList<string> Cases)>> JudgeAsync(CancellationToken cancellation)
    {
        var claims = await scene.AllClaimsAsync(cancellation);
        var held = claims.Where(claim => claim.Status.AddressId is not null).ToLookup(claim => claim.Status.AddressId!, claim => claim.Key);
        var sights = new List<(ClaimKey Key, Sight Sight)>();
        foreach (var space in estate.Spaces)
        {
            sights.AddRange((await scene.LookAtAllAsync(space, cancellation)).Select(pair => (new ClaimKey(space, pair.Key), pair.Value)));
        }

        var bound = scene.Model.Addresses.Where(address => address is { Status: AddressStatus.Bind, PrivateIp: not null, EniId: not null });
        return
        [
            ("addresses leaked", [.. scene.OwnAddresses.Where(address => address.Id != estate.Foreign && !held.Contains(address.Id)).Select(address => $"{address.Id} {address.Status} named {address.Name}")]),
            ("addresses with two claims", [.. held.Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group)}")]),
            ("private IPs with two addresses", [.. bound.GroupBy(address => address.PrivateIp).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(a => a.Id))}")]),
            ("bindings to another's private IP", [.. sights.Where(s => s.Sight is { Claim.Status.Phase: ClaimPhase.Bound, IsBound: false }).Select(s => $"{s.Key}: {s.Sight}")]),
            ("addresses stolen or released", estate.Thefts(scene)),
            ("fixed addresses lost", [.. Lost(claims)]),
            ("claims stuck", [.. sights.Where(s => IsStuck(s.Sight)).Select(s => $"{s.Key}: {s.Sight}")]),
        ];
    }

    private IEnumerable<string> Lost(IReadOnlyList<EipClaim> claims)
    {
        var byUid = claims.ToDictionary(claim => claim.Metadata.Uid!);
        foreach (var (uid, (key, id)) in _promises)
        {
            var isThere = byUid.TryGetValue(uid, out var claim);
            if (!isThere && !estate.MayHaveEnded(key))
            {
                yield return $"{key} is gone, and had {id}";
            }
            else if (isThere && claim!.Status.AddressId != id)
            {
                yield return $"{key} had {id} and has {claim.Status.AddressId}";
            }
        }
    }

    private static bool IsStuck(Sight sight) => sight switch
    {
        { Claim: null, Pod: { } pod } => pod.Metadata.DeletionTimestamp is null && IsLive(pod) && Wants(pod) && !IsBad(pod),
        { Claim: { } claim, Pod: null } => claim.Metadata.DeletionTimestamp is not null || claim.Status.Phase is not ClaimPhase.Retained && sight.Reason is not Reasons.WaitingForPod,
        { Claim: { } claim, Pod: { } pod } when !IsLive(pod) => claim.Spec.DeletePolicy is not Api.Demands.DeletePolicy.Never,
        _ => !sight.IsBound && !Lasting.Contains(sight.Reason),
    };

    private static bool IsLive(k8s.Models.V1Pod pod) => pod.Status.Phase is not ("Succeeded" or "Failed");

    private static bool Wants(k8s.Models.V1Pod pod) => pod.Metadata.Annotations?.Keys.Any(key => key is Pods.Prefix + "eip-attributes" or Pods.Prefix + "eip-id-list") ?? false;

    private static bool IsBad(k8s.Models.V1Pod pod) => pod.Metadata.Name.StartsWith("bad-", StringComparison.Ordinal);
}
