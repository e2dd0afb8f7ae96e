namespace PodEip.Controller.Console;

/// <summary>May somebody look?</summary>
/// <param name="Code">200, 401 (nobody we know), 403 (not allowed) or 503 (it could not be found out).</param>
/// <param name="User">Who it is; null when that is not known. Untrusted words.</param>
/// <param name="Words">Why not, and what to do; empty for 200.</param>
internal sealed record ConsoleVerdict(int Code, string? User, string Words)
{
    /// <summary>They may.</summary>
    public bool IsAllowed => Code == 200;
}
