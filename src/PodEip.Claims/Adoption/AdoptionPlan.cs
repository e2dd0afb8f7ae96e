using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Adoption;

/// <summary>
/// Which fixed addresses of a lost cluster become this cluster's. Pure. A name is recognised by the hash in the address's name, which can't
/// be turned back into a name: only names that are known can be found.
/// </summary>
public static class AdoptionPlan
{
    /// <summary>One record per address of the former cluster, and per address of a run that was cut off, in the order of ids.</summary>
    /// <param name="view">All that is known.</param>
    /// <param name="orphansToo">Fixed addresses whose name is not known are adopted as well.</param>
    public static IReadOnlyList<AdoptionRecord> Of(AdoptionView view, bool orphansToo)
    {
        ArgumentNullException.ThrowIfNull(view);
        var names = new Dictionary<string, KnownName>(StringComparer.Ordinal);
        foreach (var name in view.Names)
        {
            names.TryAdd(AddressName.OfFixed(name.Key), name);
        }

        var claims = view.Claims.ToDictionary(c => c.Key);
        var addresses = view.Addresses.DistinctBy(a => a.Id, StringComparer.Ordinal).OrderBy(a => a.Id, StringComparer.Ordinal).ToList();
        var present = addresses.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);

        // Two addresses may bear one name: what this cluster has already counts, then what serves its Pod, then the older.
        var heirs = addresses.Where(a => AddressName.IsFixed(a.Name)).GroupBy(a => a.Name!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(a => view.To.IsOn(a.Tags)).ThenBy(a => a.CreatedAt ?? DateTimeOffset.MaxValue).First().Id, StringComparer.Ordinal);
        var records = new List<AdoptionRecord>();
        foreach (var address in addresses)
        {
            if (view.From.IsOn(address.Tags))
            {
                records.Add(Former(address));
            }
            else if (view.To.IsOn(address.Tags) && Unfinished(address) is { } half)
            {
                records.Add(half);
            }
        }

        return records;

        AdoptionRecord Former(Address address)
        {
            var record = new AdoptionRecord { Address = address, IsFixed = AddressName.IsFixed(address.Name), Action = AdoptionAction.Leave, Why = "" };
            if (!record.IsFixed)
            {
                return record with { Why = "not fixed: teardown with --cluster-uid releases it" };
            }

            if (!names.TryGetValue(address.Name!, out var name))
            {
                return orphansToo && address.Status is AddressStatus.Unbound
                    ? record with { Action = AdoptionAction.AdoptOrphan, Why = "no known name has this mark; adopted by --all, and kept until that name comes" }
                    : record with { Why = "orphaned: no known name has this mark; name it with --names, or take it with --all" };
            }

            record = record with { Claim = name.Key, Source = name.Source };
            return Obstacle(address, name.Key) is { } obstacle
                ? record with { Why = obstacle }
                : record with
                {
                    Action = AdoptionAction.Adopt,
                    NewClaim = claims.ContainsKey(name.Key) ? null : AdoptedSpec.Of(address),
                    Why = claims.ContainsKey(name.Key) ? "its claim is there" : $"known from {name.Source}",
                };
        }

        // Tagged by a run that ended before the claim was made.
        AdoptionRecord? Unfinished(Address address) =>
            AddressName.IsFixed(address.Name) && names.TryGetValue(address.Name!, out var name) && !claims.ContainsKey(name.Key)
            && heirs[address.Name!] == address.Id && view.Namespaces.Contains(name.Key.Namespace)
                ? new AdoptionRecord
                {
                    Address = address,
                    IsFixed = true,
                    Claim = name.Key,
                    Source = name.Source,
                    Action = AdoptionAction.Complete,
                    NewClaim = AdoptedSpec.Of(address),
                    Why = "tagged already, its claim is missing",
                }
                : null;

        string? Obstacle(Address address, ClaimKey key)
        {
            if (address.Status is AddressStatus.Bound or AddressStatus.Binding)
            {
                return $"still bound ({address.Target?.PrivateIp ?? address.InstanceId ?? "the cloud does not say where"}): unbind it first, with teardown --keep of the lost cluster (--include {address.Id}) or at the console";
            }

            if (address.Status is not AddressStatus.Unbound)
            {
                return $"the cloud works on it ({address.Status}): run again";
            }

            var obstacle = claims.TryGetValue(key, out var claim) ? ObstacleOf(claim, address)
                : view.Namespaces.Contains(key.Namespace) ? null
                : $"namespace {key.Namespace} does not exist here: create it first";
            return obstacle ?? (heirs[address.Name!] != address.Id ? $"{heirs[address.Name!]} bears the same mark and comes first" : null);
        }

        string? ObstacleOf(EipClaim claim, Address address) => claim switch
        {
            { Metadata.DeletionTimestamp: not null } => $"the claim {claim.Key} is being deleted",
            { Spec.AddressIds.Count: > 0 } => $"the claim {claim.Key} uses given addresses",
            _ when !claim.IsFixed() => $"the claim {claim.Key} is not fixed: the address would go with its Pod",
            { Status.AddressId: { } other } when other != address.Id => $"the claim {claim.Key} has {other}{(present.Contains(other) ? "" : ", which is not among this cluster's addresses")}",
            _ => null,
        };
    }
}
