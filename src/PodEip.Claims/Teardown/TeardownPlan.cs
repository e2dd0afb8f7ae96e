using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Teardown;

/// <summary>
/// What becomes of each address when a cluster is given up. Pure: the command line and its dry run show what this says, and what is done
/// is held to it by <see cref="TeardownStep"/>.
/// </summary>
public static class TeardownPlan
{
    /// <summary>One record per address, in the order of ids.</summary>
    public static IReadOnlyList<TeardownRecord> Of(TeardownView view, TeardownChoice choice)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(choice);
        var claims = new ClaimIndex(view.Claims);
        return [.. view.Addresses.DistinctBy(a => a.Id, StringComparer.Ordinal).OrderBy(a => a.Id, StringComparer.Ordinal).Select(a => Of(a, view, choice, claims))];
    }

    private static TeardownRecord Of(Address address, TeardownView view, TeardownChoice choice, ClaimIndex claims)
    {
        var claim = claims.Of(address);
        var record = new TeardownRecord
        {
            Address = address,
            IsOwn = view.Mark.IsOn(address.Tags),
            IsFixed = AddressName.IsFixed(address.Name) || (claim is not null && claim.IsFixed()),
            Claim = claim?.Key,
            Action = TeardownAction.Leave,
            Why = "",
        };
        var planned = address.Status is AddressStatus.Unknown ? record with { Why = "its status is not known to this program" }
            : record.IsOwn ? Own(record, claim, view, choice)
            : Given(record, claim, view);
        return planned with { IsLeftOver = planned.Action is TeardownAction.Leave && (planned.IsOwn || SaysOwn(claim, address)) };
    }

    private static TeardownRecord Own(TeardownRecord record, EipClaim? claim, TeardownView view, TeardownChoice choice)
    {
        var address = record.Address;
        var isKept = choice.KeepFixed && record.IsFixed;
        var goal = isKept
            ? record with { Action = TeardownAction.Keep, Why = "fixed: kept (--keep)", Rename = MarkFor(record) }
            : record with { Action = TeardownAction.Release, Why = record.IsFixed ? "fixed" : record.Claim is null ? "stock" : "not fixed" };
        if (!IsBoundOrBinding(address))
        {
            return goal;
        }

        var place = TeardownPlaces.Explain(address, claim, view);
        if (place is null && !choice.Include.Contains(address.Id))
        {
            return record with { Why = $"bound outside, {Where(address)}{(view.IsLost ? "; the cluster can't be asked whose that is" : "")}: name it with --include to take it off there" };
        }

        if (isKept && address.CascadeRelease)
        {
            return record with { Why = "unbinding would release it (CascadeRelease), and it is to be kept" };
        }

        return goal with { MayUnbind = true, Why = $"{goal.Why}; {place ?? $"named by --include, {Where(address)}"}" };
    }

    private static TeardownRecord Given(TeardownRecord record, EipClaim? claim, TeardownView view)
    {
        var address = record.Address;
        if (ClusterMark.IsManaged(address.Tags))
        {
            return record with { Why = "bought by another controller or for another cluster: never touched" };
        }

        if (claim is null)
        {
            return record with { Why = "no address of this cluster: never touched" };
        }

        if (SaysOwn(claim, address))
        {
            return record with { Why = $"the claim {claim.Key} says it was bought for this cluster, but its tag {ClusterMark.TagKey} is gone: put it back, or release it by hand" };
        }

        if (!IsBoundOrBinding(address))
        {
            return record with { Action = TeardownAction.Keep, Why = "given, and free" };
        }

        if (TeardownPlaces.Explain(address, claim, view) is not { } place)
        {
            return record with { Why = $"given, and bound outside, {Where(address)}: never touched" };
        }

        return address.CascadeRelease
            ? record with { Why = "given, and unbinding would release it (CascadeRelease)" }
            : record with { Action = TeardownAction.Unbind, MayUnbind = true, Why = $"given; {place}" };
    }

    /// <summary>A kept address is recognised by its name alone: one that could not be renamed in time gets its mark now.</summary>
    private static string? MarkFor(TeardownRecord record) =>
        record.Claim is { } key && !string.Equals(record.Address.Name, AddressName.OfFixed(key), StringComparison.Ordinal) ? AddressName.OfFixed(key) : null;

    private static bool SaysOwn(EipClaim? claim, Address address) =>
        claim?.Status is { Origin: AddressOrigin.Own, AddressId: { } id } && string.Equals(id, address.Id, StringComparison.Ordinal);

    private static bool IsBoundOrBinding(Address address) => address.Status is AddressStatus.Bound or AddressStatus.Binding;

    /// <summary>Where an address is bound, for people.</summary>
    internal static string Where(Address address) => address switch
    {
        { Target: { } target } => $"on {target.PrivateIp} of {target.NetworkInterfaceId}",
        { InstanceId: { } instance } => $"on {instance}",
        _ => "where the cloud does not say",
    };

    private sealed class ClaimIndex
    {
        private readonly Dictionary<string, EipClaim> _byAddress = new(StringComparer.Ordinal);
        private readonly Dictionary<string, EipClaim> _byMark = new(StringComparer.Ordinal);

        public ClaimIndex(IReadOnlyList<EipClaim> claims)
        {
            // What a status names comes before what a spec lists.
            foreach (var claim in claims)
            {
                _byMark.TryAdd(AddressName.OfFixed(claim.Key), claim);
                if (claim.Status.AddressId is { } id)
                {
                    _byAddress.TryAdd(id, claim);
                }
            }

            foreach (var claim in claims.Where(c => c.Status.AddressId is null))
            {
                foreach (var id in claim.Spec.AddressIds ?? [])
                {
                    _byAddress.TryAdd(id, claim);
                }
            }
        }

        public EipClaim? Of(Address address) =>
            _byAddress.GetValueOrDefault(address.Id) ?? (address.Name is { } name ? _byMark.GetValueOrDefault(name) : null);
    }
}
