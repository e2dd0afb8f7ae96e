using CsCheck;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Tests.Properties;

/// <summary>Views of every kind, the impossible ones included: the planner must be safe on all of them.</summary>
internal static class RandomViews
{
    private static readonly EgressView[] Ways =
    [
        new(ConditionStatuses.True, Reasons.NoRoute, "with the address"), new(ConditionStatuses.False, Reasons.NatRouteWins, "through a NAT gateway"),
    ];

    private static readonly Gen<NetworkTarget> Target = Among(Given.Here, Given.Before, Given.Elsewhere);

    private static readonly Gen<BindingIntent> Intent =
        Gen.Select(Among(Given.Uid, Given.EarlierUid), Target, (uid, target) => new BindingIntent(uid, "node-1", target));

    private static readonly Gen<PodView?> Pod =
        from none in Gen.Int[0, 3]
        from demand in Gen.Int[0, 5]
        from flags in Gen.Bool.Array[6]
        from ordinal in Among<int?>(null, 0, 1, 7)
        select none == 0 ? null : Shape(demand, flags) with { Ordinal = ordinal, MayStartElsewhere = flags[5] };

    private static readonly Gen<EipClaim?> Claim =
        from none in Gen.Int[0, 7]
        from flags in Gen.Bool.Array[3]
        from finalizer in Gen.Int[0, 7]
        from history in Gen.Select(History, Among(0, 0, 2)).Array[0, 3]
        from hand in Gen.Int[0, 3]
        from expiry in Among(null, null, "1h", "1h", "24h", "4m")
        select none == 0 ? null : history.Aggregate(Shape(flags, finalizer > 0, hand == 0).ExpiringAfter(expiry), (claim, change) => claim.Says(change.Item1, Given.Now.AddHours(-change.Item2)));

    private static Gen<StatusChange> History => Gen.OneOf<StatusChange>(
        Intent.Select(to => (StatusChange)new StatusChange.Binding(to)),
        Intent.Select(to => (StatusChange)new StatusChange.Bound(to, Given.PublicIp)),
        Intent.Select(to => (StatusChange)new StatusChange.Bound(to, Given.PublicIp, Ways[0])),
        Among<StatusChange>(
            new StatusChange.Allocated(Given.Id, Given.PublicIp, true, null),
            new StatusChange.Allocated(Given.Id, null, false, ClaimsAndAddresses.ToHere),
            new StatusChange.Retained(Given.Id, Given.PublicIp),
            new StatusChange.Dropped(Reasons.AddressNotFound, "…"),
            new StatusChange.Waiting(Reasons.Throttled, "…", true),
            new StatusChange.Waiting(Reasons.Drifted, "…", true),
            new StatusChange.Waiting(Reasons.AddressBoundOutside, "…", true)));

    private static readonly Gen<AddressView> Address =
        from id in Among(Given.Id, Given.Id, "eip-one", "eip-two")
        from state in Among(Enum.GetValues<AddressState>())
        from target in Target
        from onNoEni in Gen.Int[0, 7]
        from name in Among(Given.FixedName, AddressName.OfFixed(Given.OtherKey), "theirs", AddressName.OfPurchase("abcdefgh", Given.Attributes.Hash))
        from holder in Among<ClaimKey?>(Given.Key, Given.Key, Given.OtherKey, null)
        from flags in Gen.Bool.Array[4]
        from odd in Gen.Int[0, 11]
        from tag in Among<string?>(null, null, null, Given.Key.Namespace, "elsewhere", "+")
        from bandwidth in Among<int?>(100, 100, 50, null)
        select new AddressView
        {
            BandwidthMbps = bandwidth,
            Id = id,
            State = state,
            Target = state is AddressState.Bound && onNoEni > 0 ? target : null,
            PublicIp = Given.PublicIp,
            Name = name,
            IsOwn = flags[0],
            IsManaged = flags[0],
            LacksTag = odd == 0 && !flags[0],
            HasForeignTag = odd == 1 && !flags[0],
            IsMissing = odd == 2,
            Namespaces = tag is null ? null : NamespaceTag.Of(new Dictionary<string, string> { [NamespaceTag.TagKey] = tag }),
            CascadeRelease = flags[1] && flags[2] && !flags[0],
            IsUnusable = flags[2] && flags[3],
            MayYetBind = flags[3] && state is AddressState.Unbound,
            Holder = holder,
        };

    private static readonly Gen<TargetLookup> Lookup = Gen.OneOf(
        Target.Select(target => (TargetLookup)new TargetLookup.Found(target)),
        Among<TargetLookup>(new TargetLookup.Unknown(), new TargetLookup.OnNoInterface(Given.Now.AddMinutes(1)), new TargetLookup.NoPrivateIp()));

    private static readonly Gen<ClaimFailure?> Failure =
        Among<ClaimFailure?>(null, null, new ClaimFailure(Reasons.Throttled, "later", Given.Now.AddMinutes(1), null), new ClaimFailure(Reasons.Throttled, "over", Given.Now, null));

    public static readonly Gen<ClaimView> Any =
        from pod in Pod
        from seen in Among(PodPresence.NotSeen, PodPresence.ConfirmedAbsent)
        from claim in Claim
        from address in Address
        from candidate in Address
        from carried in Address
        from list in Address.Array[0, 2]
        from lookup in Lookup
        from flags in Gen.Bool.Array[7]
        from failure in Failure
        from hold in Failure
        from answers in Among(Answer.NotAsked, Answer.Yes, Answer.No).Array[2]
        from first in Among<int?>(null, 0, 1)
        from checkedAt in Among<DateTimeOffset?>(null, Given.Now, Given.Now, Given.Now.AddHours(-3))
        select new ClaimView
        {
            Key = Given.Key,
            Pod = pod,
            PodPresence = pod is null ? seen : PodPresence.Present,
            PodCheckedAt = checkedAt,
            PodIsUnwatched = first is 1,
            Claim = claim,
            Address = flags[0] ? address : null,
            Candidate = flags[1] ? candidate : null,
            Given = [.. list.Select(given => new GivenAddressView(given.Id, given))],
            Target = lookup switch
            {
                _ when pod?.PrivateIp is null => new TargetLookup.NoPrivateIp(),
                TargetLookup.NoPrivateIp => new TargetLookup.Unknown(),
                TargetLookup.Found => new TargetLookup.Found(Given.Here),
                var other => other,
            },
            Carried = flags[2] ? carried : null,
            PrivateIpHandedOn = flags[3],
            PurchaseHold = hold,
            Failure = failure,
            ResizeFailure = hold,
            BookIsComplete = flags[4],
            CrdIsEnding = answers[0],
            WorkloadIsEnding = answers[1],
            FirstOrdinal = first,
            TaggingDenied = flags[5],
            Egress = first is { } way ? Ways[way] : null,
            CloudLooksWrong = flags[6],
        };

    /// <summary>One of these values.</summary>
    public static Gen<T> Among<T>(params T[] values) => Gen.OneOf<T>(values);

    private static PodView Shape(int demand, bool[] flags)
    {
        var pod = demand switch
        {
            0 => Given.Pod().WithoutDemand(),
            1 => Given.Pod().Unreadable(),
            4 => Given.Pod().Demanding(new Api.Demands.PodDemand.NewAddress(Given.Attributes with { BandwidthMbps = 50, InternetServiceProvider = flags[5] ? "CMCC" : "BGP" })),
            2 => Given.Pod().Listing("eip-one", "eip-two"),
            3 => Given.Pod().NotOnVpcCni(),
            _ => Given.Pod(),
        };
        pod = flags[0] ? pod.Fixed() : pod;
        pod = pod with { IsEnding = flags[1], HasEnded = flags[1] && flags[2], PublishedIp = flags[3] ? Given.PublicIp : null };
        return flags[4] ? pod : pod.WithoutPrivateIp();
    }

    private static EipClaim Shape(bool[] flags, bool finalizer, bool byHand)
    {
        var claim = byHand ? Given.Claim().ByHand().WithFinalizer() : Given.Claim();
        claim = flags[0] ? claim.Fixed() : claim;
        claim = flags[1] ? claim.Listing("eip-one", "eip-two") : claim;
        claim = finalizer ? claim : claim.WithoutFinalizer();
        return flags[2] ? claim.Deleted() : claim;
    }
}
