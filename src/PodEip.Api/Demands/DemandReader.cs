using PodEip.Api.Resources;

namespace PodEip.Api.Demands;

/// <summary>Reads what a Pod's annotations, or a claim's spec, ask for.</summary>
public static class DemandReader
{
    /// <summary>Reads a Pod. Never throws on what the annotations hold.</summary>
    /// <param name="annotations">The Pod's annotations.</param>
    /// <param name="hostNetwork">The Pod uses its node's network.</param>
    /// <param name="settings">The operator's flags.</param>
    public static DemandReading Read(IReadOnlyDictionary<string, string>? annotations, bool hostNetwork, DemandSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var names = settings.Names;
        var (network, reason) = NetworkReader.Read(Annotation(names.Networks), hostNetwork, settings);
        var expiry = Annotation(names.ClaimExpiredDuration) is { } text ? ExpiryRule.Parse(text) : (Parsed<TimeSpan>?)null;
        return new DemandReading
        {
            Demand = Demand(Annotation(names.EipIdList), Annotation(names.EipAttributes), settings),
            DeletePolicy = Annotation(names.DeletePolicy) == "Never" ? DeletePolicy.Never : DeletePolicy.Delete,
            Expiry = expiry is { IsValid: true } good ? good.Value : null,
            ExpiryError = expiry is { IsValid: false } bad ? $"annotation {names.ClaimExpiredDuration}: {bad.Error}" : null,
            Network = network,
            NetworkReason = reason,
        };

        string? Annotation(string name) => annotations is not null && annotations.TryGetValue(name, out var value) ? value ?? "" : null;
    }

    /// <summary>
    /// Reads a claim's spec, which counts while there is no Pod: a fixed claim made by hand before its Pod, or one whose Pod is gone.
    /// The network is not known from it; the reading says <see cref="NetworkMode.SharedEni"/>.
    /// </summary>
    /// <param name="spec">The spec, as wrong as the CRD's schema lets it be.</param>
    /// <param name="settings">The operator's flags.</param>
    public static DemandReading Read(EipClaimSpec spec, DemandSettings settings)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(settings);
        var expiry = spec.ExpireAfter is { } text ? ExpiryRule.Parse(text) : (Parsed<TimeSpan>?)null;
        return new DemandReading
        {
            Demand = Demand(spec, settings),
            DeletePolicy = spec.DeletePolicy ?? DeletePolicy.Delete,
            Expiry = expiry is { IsValid: true } good ? good.Value : null,
            ExpiryError = expiry is { IsValid: false } bad ? $"spec.expireAfter: {bad.Error}" : null,
        };
    }

    private static PodDemand Demand(string? idList, string? attributes, DemandSettings settings)
    {
        if (idList is not null)
        {
            var ids = EipIdListParser.Parse(idList);
            return ids.IsValid ? new PodDemand.GivenAddresses(ids.Value, attributes is not null) : Invalid($"annotation {settings.Names.EipIdList}", settings.Names.EipIdList, idList, ids.Error);
        }

        if (attributes is null)
        {
            return PodDemand.None.Instance;
        }

        var parsed = EipAttributesParser.Parse(attributes, settings.AttributeRules);
        return parsed.IsValid ? new PodDemand.NewAddress(parsed.Value) : Invalid($"annotation {settings.Names.EipAttributes}", settings.Names.EipAttributes, attributes, parsed.Error);
    }

    private static PodDemand Demand(EipClaimSpec spec, DemandSettings settings)
    {
        if (spec.AddressIds is { } list)
        {
            var ids = EipIdListParser.Check(list);
            return ids.IsValid ? new PodDemand.GivenAddresses(ids.Value, spec.Attributes is not null) : Invalid("spec.addressIds", "spec.addressIds", string.Join(',', list), ids.Error);
        }

        if (spec.Attributes is null)
        {
            return PodDemand.None.Instance;
        }

        var attributes = AttributeChecks.Complete(spec.Attributes, settings.AttributeRules);
        return attributes.IsValid ? new PodDemand.NewAddress(attributes.Value) : Invalid("spec.attributes", "spec.attributes", "", attributes.Error);
    }

    private static PodDemand.Invalid Invalid(string place, string field, string value, string error) => new(field, Quoted.Shorten(value), $"{place}: {error}");
}
