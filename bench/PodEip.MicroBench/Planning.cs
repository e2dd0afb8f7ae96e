using BenchmarkDotNet.Attributes;
using PodEip.Api;
using PodEip.Api.Demands;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;

namespace PodEip.MicroBench;

/// <summary>The planner, for the views that a claim goes through from a Pod's birth to rest.</summary>
public class Planning
{
    private const string Id = "eip-1a2b3c4d";
    private const string PublicIp = "203.0.113.7";
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ClaimKey Key = new("shop", "web-0");
    private static readonly NetworkTarget Here = new("eni-1a2b3c4d", "10.0.0.5");
    private static readonly BindingIntent ToHere = new("uid-of-web-0", "node-1", Here);
    private static readonly AddressAttributes Attributes = new() { BandwidthMbps = 100, InternetChargeType = AddressAttributes.DefaultChargeType };

    private readonly PlannerSettings _settings = new();
    private readonly ClaimView _new = View(Pod(null), claim: null, address: null);
    private readonly ClaimView _toBind = View(Pod(null), Claim(Allocated, new StatusChange.Binding(ToHere)), Address(AddressState.Unbound));
    private readonly ClaimView _toRecord = View(Pod(null), Claim(Allocated, new StatusChange.Binding(ToHere)), Address(AddressState.Bound));
    private readonly ClaimView _bound = View(Pod(PublicIp), Claim(Allocated, new StatusChange.Binding(ToHere), new StatusChange.Bound(ToHere, PublicIp)), Address(AddressState.Bound));

    private static StatusChange.Allocated Allocated => new(Id, PublicIp, IsOwn: true, Intended: null);

    /// <summary>A Pod without a claim: make one.</summary>
    [Benchmark]
    public Step NewPod() => Plan<Step.CreateClaim>(_new);

    /// <summary>All is there: bind.</summary>
    [Benchmark]
    public Step ToBind() => Plan<Step.Associate>(_toBind);

    /// <summary>The cloud has bound it: say so.</summary>
    [Benchmark]
    public Step ToRecord() => Plan<Step.WriteStatus>(_toRecord);

    /// <summary>All is done, which is what nearly every look comes to.</summary>
    [Benchmark]
    public Step Bound() => Plan<Step.Rest>(_bound);

    /// <summary>The new status after a bind, which goes with <see cref="ToRecord"/>.</summary>
    [Benchmark]
    public EipClaimStatus StatusOfBound() => ClaimStatuses.Apply(_toRecord.Claim!, new StatusChange.Bound(ToHere, PublicIp), Now);

    private static ClaimView View(PodView pod, EipClaim? claim, AddressView? address) => new()
    {
        Key = Key, Pod = pod, PodPresence = PodPresence.Present, PodCheckedAt = Now, Claim = claim, Address = address, Target = new TargetLookup.Found(Here), BookIsComplete = true,
    };

    private static PodView Pod(string? published) => new()
    {
        Key = Key, Uid = ToHere.PodUid, NodeName = ToHere.NodeName, PrivateIp = Here.PrivateIp, Ordinal = 0, PublishedIp = published,
        Reading = new DemandReading { Demand = new PodDemand.NewAddress(Attributes) },
    };

    private static EipClaim Claim(params StatusChange[] changes) => changes.Aggregate(
        new EipClaim
        {
            Metadata = new ClaimMetadata
            {
                Namespace = Key.Namespace, Name = Key.Name, Uid = "uid-of-claim", Generation = 1, Finalizers = [PodEipNames.Finalizer],
                Annotations = new Dictionary<string, string> { [PodEipNames.CreatedBy] = PodEipNames.CreatedByController },
            },
            Spec = new EipClaimSpec { Attributes = Attributes, DeletePolicy = DeletePolicy.Delete },
        },
        (claim, change) => claim with { Status = ClaimStatuses.Apply(claim, change, Now) });

    private static AddressView Address(AddressState state) => new()
    {
        Id = Id, State = state, PublicIp = PublicIp, Name = AddressName.OfPurchase("abcdefgh", Attributes.Hash), IsOwn = true, IsManaged = true, Holder = Key,
        Target = state is AddressState.Bound ? Here : null,
    };

    // A benchmark of another branch than it says would mislead.
    private TStep Plan<TStep>(ClaimView view)
        where TStep : Step => Planner.Plan(view, _settings, Now) is TStep step ? step : throw new InvalidOperationException($"the plan is {Planner.Plan(view, _settings, Now)}");
}
