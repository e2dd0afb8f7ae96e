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

    /// <summary>How many of its addresses the last look found.</summary>
    public int Found { get; set; }

    /// <summary>When its answer was lost, or this process found it open.</summary>
    public DateTimeOffset UnclearSince { get; set; }

    /// <summary>Why nobody can say what came of it, once that has lasted; null when all goes its usual way.</summary>
    public ClaimFailure? Trouble { get; set; }

    /// <summary>It was sent before, and its answer was lost.</summary>
    public bool WasLost { get; set; }

    /// <summary>Addresses that may still turn up.</summary>
    public int Unresolved => Math.Max(0, Intent.Count - Found);
}
