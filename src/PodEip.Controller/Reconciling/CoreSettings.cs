using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
using PodEip.Controller.Addresses;
using PodEip.Controller.Egress;

namespace PodEip.Controller.Reconciling;

/// <summary>What the core is set to.</summary>
public sealed record CoreSettings
{
    /// <summary>The planner's.</summary>
    public PlannerSettings Planner { get; init; } = new();

    /// <summary>The address book's.</summary>
    public BookSettings Book { get; init; } = new();

    /// <summary>Paces towards the cloud.</summary>
    public RateLimits Rates { get; init; } = new();

    /// <summary>How long fresh stock that nobody waits for is kept.</summary>
    public TimeSpan SurplusGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is done about own addresses whose claim's end was not seen here.</summary>
    public SweepMode Sweep { get; init; } = SweepMode.Release;

    /// <summary>How many of those may be unbound and given back within an hour.</summary>
    public int SweepBudget { get; init; } = 20;

    /// <summary>How long an address must be seen bound without a claim before it is unbound.</summary>
    public TimeSpan SweepGrace { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A leader before this one lost its lease before this one began. Without an election it may have written a moment ago, and what it wrote may
    /// take effect later.
    /// </summary>
    public bool IsElected { get; init; } = true;

    /// <summary>How long freed addresses wait for company before they are given back together.</summary>
    public TimeSpan ReleaseGather { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Our tag must have been read this lately before an address is given back.</summary>
    public TimeSpan ReleaseReadAge { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long nothing is tried after the cloud denied a permission.</summary>
    public TimeSpan PermissionRetry { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often the account's quotas are read while claims wait for one; twice that for the day's, and when nobody waits.</summary>
    public TimeSpan QuotaRefresh { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How the routes of Pods' subnets are watched; null when they are not.</summary>
    public EgressSettings? Egress { get; init; }

    /// <summary>How freed addresses serve again; null when they don't.</summary>
    public Claims.Stock.ReuseRules? Reuse { get; init; }

    /// <summary>How long an ordinary wait lasts before it is said on the claim.</summary>
    public TimeSpan ExplainAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How Nodes' capacity is kept; null when it is not.</summary>
    public Nodes.NodeSettings? Nodes { get; init; }

    /// <summary>An unclear purchase that is not seen for this long never happened.</summary>
    public TimeSpan PurchaseLapse { get; init; } = TimeSpan.FromMinutes(3);
}
