namespace PodEip.Api.Demands;

/// <summary>What a Pod (or, without a Pod, a claim's spec) asks for. A closed set: <see cref="None"/>, <see cref="NewAddress"/>, <see cref="GivenAddresses"/>, <see cref="Invalid"/>.</summary>
public abstract record PodDemand
{
    private PodDemand()
    {
    }

    /// <summary>No address.</summary>
    public sealed record None : PodDemand
    {
        /// <summary>The one value there is.</summary>
        public static None Instance { get; } = new();
    }

    /// <summary>An address bought for it.</summary>
    /// <param name="Attributes">Of what kind.</param>
    public sealed record NewAddress(AddressAttributes Attributes) : PodDemand;

    /// <summary>One of these addresses, which belong to the user.</summary>
    /// <param name="Ids">Address ids in the user's order; never empty, no duplicates.</param>
    /// <param name="AttributesIgnored">The Pod has <c>eip-attributes</c> too, which the list beats; worth a warning.</param>
    public sealed record GivenAddresses(IReadOnlyList<string> Ids, bool AttributesIgnored) : PodDemand
    {
        /// <summary>Equal when the ids are, in their order.</summary>
        public bool Equals(GivenAddresses? other) =>
            other is not null && AttributesIgnored == other.AttributesIgnored && Ids.SequenceEqual(other.Ids, StringComparer.Ordinal);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(AttributesIgnored, Ids.Count, Ids.Count > 0 ? Ids[0] : null);
    }

    /// <summary>It asks for an address in a way that cannot be read.</summary>
    /// <param name="Annotation">Full name of the annotation, or path of the spec's field.</param>
    /// <param name="Value">What it holds, shortened.</param>
    /// <param name="Reason">One line that names the field, the value and what is allowed.</param>
    public sealed record Invalid(string Annotation, string Value, string Reason) : PodDemand;
}
