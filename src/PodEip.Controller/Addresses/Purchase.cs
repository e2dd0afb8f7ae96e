using PodEip.Claims.Stock;
using PodEip.Claims.View;

namespace PodEip.Controller.Addresses;

/// <summary>One open purchase.</summary>
internal sealed class Purchase(PurchaseIntent intent, PurchaseStage stage)
{
    public PurchaseIntent Intent { get; } = intent;

    public PurchaseStage Stage { get; set; } = stage;

    /// <summary>When an unclear one is looked up by name next.</summary>
    public DateTimeOffset LookAt { get; set; }

    /// <summary>Looks so far.</summary>
    public int Looks { get; set; }

    /// <summary>Its addresses that any read showed under its name. Some may have been taken, renamed or given back since.</summary>
    public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>How many of its addresses turned up so far.</summary>
    public int Found => Seen.Count;

    /// <summary>How many had turned up at the last look.</summary>
    public int FoundAtLook { get; set; }

    /// <summary>When its answer was lost, or this process found it open.</summary>
    public DateTimeOffset UnclearSince { get; set; }

    /// <summary>Why nobody can say what came of it, once that has lasted; null when all goes its usual way.</summary>
    public ClaimFailure? Trouble { get; set; }

    /// <summary>It was sent before, and its answer was lost.</summary>
    public bool WasLost { get; set; }

    /// <summary>Addresses that may still turn up.</summary>
    public int Unresolved => Math.Max(0, Intent.Count - Found);
}
