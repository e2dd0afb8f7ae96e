using PodEip.Claims.Nodes;
using PodEip.Cloud.Network;

namespace PodEip.Controller.Nodes;

/// <summary>What is known of the machine behind a Node. Mutable, of <see cref="MachineBook"/>.</summary>
internal sealed class Machine(string node, NodeIdentity identity, int group)
{
    public string Node { get; } = node;

    public NodeIdentity Identity { get; } = identity;

    /// <summary>The CVM as last read; null while none was found.</summary>
    public Instance? Instance { get; set; }

    /// <summary>The CVM of the read under way.</summary>
    public Instance? Pending { get; set; }

    /// <summary>Addresses on its ENIs when last read.</summary>
    public IReadOnlyList<CarriedAddress> Carried { get; set; } = [];

    /// <summary>Those of the read under way.</summary>
    public List<CarriedAddress> PendingCarried { get; } = [];

    public DateTimeOffset NextRead { get; set; }

    public DateTimeOffset LastRead { get; set; }

    public DateTimeOffset? MissingSince { get; set; }

    /// <summary>Reads in a row that did not find it.</summary>
    public int Missed { get; set; }

    /// <summary>Why nothing can be told of it.</summary>
    public string? Trouble { get; set; }

    /// <summary>How many may be read in one call with it: fewer after a call that one of them spoilt.</summary>
    public int Group { get; set; } = group;

    /// <summary>By what it is asked for: once found by its IP, by its id.</summary>
    public string? Id => Identity.InstanceId ?? Instance?.Id;
}

/// <summary>An address that was seen on a machine.</summary>
/// <param name="Id">The address.</param>
/// <param name="OnPrimary">On the primary ENI, whose public IPs the machine's own record counts too.</param>
/// <param name="WasClaimed">It was ours then.</param>
internal sealed record CarriedAddress(string Id, bool OnPrimary, bool WasClaimed);
