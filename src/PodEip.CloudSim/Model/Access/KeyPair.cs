namespace PodEip.CloudSim.Model.Access;

/// <summary>A key pair and what its owner may do.</summary>
/// <param name="SecretId">Id, sent in the signature.</param>
/// <param name="SecretKey">Key, signs.</param>
/// <param name="Allow">Patterns of actions: <c>*</c>, <c>cvm:*</c>, <c>cvm:Describe*</c>, <c>cvm:AllocateAddresses</c>.</param>
public sealed record KeyPair(string SecretId, string SecretKey, IReadOnlyList<string> Allow)
{
    /// <summary>Patterns of actions denied in spite of <see cref="Allow"/>.</summary>
    public IReadOnlyList<string> Deny { get; init; } = [];

    /// <summary>Session token of a temporary credential; null for a lasting key.</summary>
    public string? Token { get; init; }

    /// <summary>End of a temporary credential's life.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Role a temporary credential stands for: the role's patterns count, not <see cref="Allow"/>.</summary>
    public string? RoleName { get; init; }

    /// <summary>The key never shows in logs.</summary>
    public override string ToString() => SecretId;
}

/// <summary>A role that can be assumed, by AssumeRole, by web identity or through a CVM's metadata.</summary>
/// <param name="Name">Name.</param>
/// <param name="Allow">Patterns of actions.</param>
public sealed record Role(string Name, IReadOnlyList<string> Allow)
{
    /// <summary>Patterns of actions denied in spite of <see cref="Allow"/>.</summary>
    public IReadOnlyList<string> Deny { get; init; } = [];

    /// <summary>OIDC tokens accepted for it; empty: any that is not expired.</summary>
    public IReadOnlyList<string> WebIdentityTokens { get; init; } = [];
}
