namespace PodEip.Dev.Quickstart;

/// <summary>An address as the simulator's control interface shows it; only what is printed.</summary>
internal sealed record SimulatedAddress
{
    public string Id { get; init; } = "";

    public string Status { get; init; } = "";

    public string? PublicIp { get; init; }

    public string? PrivateIp { get; init; }

    public string? Name { get; init; }

    public int? Bandwidth { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The status in the cloud's own words, such as <c>BIND_ENI</c>.</summary>
    public string CloudStatus => string.Concat(Status.Select((c, at) => at > 0 && char.IsAsciiLetterUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));

    /// <summary>Bought by a Pod EIP controller: it carries the mark.</summary>
    public bool IsOwn => Tags?.ContainsKey("podeip-cluster") == true;
}
