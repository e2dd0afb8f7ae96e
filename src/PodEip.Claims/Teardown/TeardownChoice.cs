namespace PodEip.Claims.Teardown;

/// <summary>What the operator chose.</summary>
/// <param name="KeepFixed">Fixed addresses are unbound and stay in the account, so that they can be adopted.</param>
/// <param name="Include">Own addresses that are unbound and released although they are bound outside.</param>
public sealed record TeardownChoice(bool KeepFixed, IReadOnlySet<string> Include)
{
    /// <summary>Everything goes but what is bound outside.</summary>
    public static TeardownChoice Default { get; } = new(KeepFixed: false, new HashSet<string>(StringComparer.Ordinal));
}
