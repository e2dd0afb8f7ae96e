using PodEip.Claims.Nodes;
using PodEip.Cloud;
using PodEip.Cloud.Network;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Nodes;

/// <summary>
/// The CVMs behind Nodes and the public addresses they carry, read in batches: first the CVMs, then their ENIs, for a CVM's own
/// record knows of its primary one only. One call under way at a time. Not thread-safe: the core's lock guards it.
/// </summary>
/// <param name="settings">How often.</param>
/// <param name="readLag">Longer than a new CVM may take to show: an absence counts only when it lasts that long.</param>
internal sealed class MachineBook(NodeSettings settings, TimeSpan readLag)
{
    private const int MostIds = 100;
    private const int MostIps = 5;
    private const int MostPages = 100;
    private static readonly TimeSpan MissingRecheck = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SoonAtMost = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Machine> _machines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _nodeByAddress = new(StringComparer.Ordinal);
    private IReadOnlyList<Machine>? _underWay;
    private int _pages;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>Called with the Node when anything known of its machine has changed.</summary>
    public Action<string> Changed { get; set; } = static _ => { };

    /// <summary>Reads in a row that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>When the next read is due; null when none is, or one is under way.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            if (_underWay is not null || _machines.Count == 0)
            {
                return null;
            }

            var next = _machines.Values.Min(machine => machine.NextRead);
            return next > _notBefore ? next : _notBefore;
        }
    }

    /// <summary>The Node of a machine that was last seen to carry an address; null for none.</summary>
    public string? NodeWith(string addressId) => _nodeByAddress.GetValueOrDefault(addressId);

    /// <summary>A Node is there.</summary>
    /// <returns>True when it is new, or is another machine now.</returns>
    public bool Want(string node, NodeIdentity identity, DateTimeOffset now)
    {
        if (_machines.TryGetValue(node, out var known) && known.Identity == identity)
        {
            return false;
        }

        Forget(node);
        if (identity is { InstanceId: null, PrivateIp: null })
        {
            return false;
        }

        _machines[node] = new Machine(node, identity, identity.InstanceId is null ? MostIps : MostIds) { NextRead = now };
        return true;
    }

    /// <summary>A Node's machine is to be read before its time.</summary>
    public void WantSoon(string node, DateTimeOffset now)
    {
        if (_machines.TryGetValue(node, out var machine))
        {
            var at = machine.LastRead + SoonAtMost > now ? machine.LastRead + SoonAtMost : now;
            machine.NextRead = at < machine.NextRead ? at : machine.NextRead;
        }
    }

    /// <summary>A Node is gone.</summary>
    public void Forget(string node)
    {
        if (_machines.Remove(node, out var machine))
        {
            Carry(machine, []);
        }
    }

    /// <summary>What is known of a Node's machine.</summary>
    /// <param name="node">The Node.</param>
    /// <param name="isOutside">Whether an address it carries takes a place that none of our claims has.</param>
    /// <param name="now">The time.</param>
    public MachineLookup Lookup(string node, Func<string, bool, bool> isOutside, DateTimeOffset now)
    {
        if (!_machines.TryGetValue(node, out var machine))
        {
            return new MachineLookup.Unknown(null);
        }

        if (machine.Instance is { } instance)
        {
            return settings.VpcId is { } vpc && instance.VpcId is { } other && !string.Equals(vpc, other, StringComparison.Ordinal)
                ? new MachineLookup.NotOurs($"{instance.Id} is in {other} and not in {vpc} (--vpc-id)")
                : new MachineLookup.Found(instance.Id, instance.MachineType, instance.Cpu, Outside(machine, instance, isOutside));
        }

        if (machine is { Missed: > 1, MissingSince: { } since } && now - since >= readLag)
        {
            var what = machine.Identity.InstanceId ?? $"CVM with the private IP {machine.Identity.PrivateIp}";

            // When none at all is found, the region, the account or the VPC is the likelier mistake.
            return _machines.Values.Any(other => other.Instance is not null)
                ? new MachineLookup.NotOurs($"there is no {what} here")
                : new MachineLookup.Unknown($"there is no {what} in this region, nor any other Node's machine: check --region, --vpc-id and the credentials' account");
        }

        return new MachineLookup.Unknown(machine.Trouble);
    }

    /// <summary>The read that is due; null when none is.</summary>
    public QueuedCall.FindInstances? TakeDue(DateTimeOffset now)
    {
        if (NextDue is not { } due || due > now)
        {
            return null;
        }

        // Those due soon come along: one call carries a hundred.
        var horizon = now + settings.Refresh / 10;
        var first = _machines.Values.MinBy(machine => machine.NextRead)!;
        var byId = first.Id is not null;
        var group = byId ? first.Group : Math.Min(first.Group, MostIps);
        _underWay = [.. _machines.Values.Where(machine => machine.NextRead <= horizon && machine.Id is not null == byId && machine.Group == first.Group)
            .OrderBy(machine => machine.NextRead).Take(group)];
        _pages = 0;
        return byId
            ? new QueuedCall.FindInstances([.. _underWay.Select(machine => machine.Id!).Distinct(StringComparer.Ordinal)], [])
            : new QueuedCall.FindInstances([], [.. _underWay.Select(machine => machine.Identity.PrivateIp!).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>CVMs were read, or could not be.</summary>
    /// <returns>The call that goes on.</returns>
    public QueuedCall? OnInstances(QueuedCall.FindInstances call, IReadOnlyList<Instance>? instances, MachineReadFailure? failure, DateTimeOffset now)
    {
        if (_underWay is not { } machines)
        {
            return null;
        }

        if (failure is not null || instances is null)
        {
            OnFailed(machines, failure, now, isOfMachines: true);
            return null;
        }

        Failures = 0;
        foreach (var machine in machines)
        {
            machine.PendingCarried.Clear();
            machine.Pending = Match(machine, call, instances, out var trouble);
            if (machine.Pending is null)
            {
                OnMissing(machine, trouble, now);
            }
        }

        List<string> found = [.. machines.Select(machine => machine.Pending?.Id).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (found.Count > 0)
        {
            return new QueuedCall.FindAttached(found, 0);
        }

        _underWay = null;
        return null;
    }

    /// <summary>ENIs were read, or could not be.</summary>
    /// <returns>The call that goes on.</returns>
    public QueuedCall? OnAttached(
        QueuedCall.FindAttached call, IReadOnlyList<NetworkInterface>? interfaces, int total, MachineReadFailure? failure, Func<string, bool> isClaimed, DateTimeOffset now)
    {
        if (_underWay is not { } machines)
        {
            return null;
        }

        if (failure is not null || interfaces is null)
        {
            OnFailed(machines, failure, now, isOfMachines: false);
            return null;
        }

        foreach (var nic in interfaces)
        {
            foreach (var machine in machines.Where(machine => machine.Pending is { } pending && string.Equals(pending.Id, nic.InstanceId, StringComparison.Ordinal)))
            {
                machine.PendingCarried.AddRange(nic.PrivateIps.Select(ip => ip.AddressId).OfType<string>().Where(id => id.Length > 0).Select(id => new CarriedAddress(id, nic.IsPrimary, isClaimed(id))));
            }
        }

        var next = call.Offset + interfaces.Count;
        if (interfaces.Count > 0 && next < total && ++_pages < MostPages)
        {
            return call with { Offset = next };
        }

        _underWay = null;
        foreach (var machine in machines.Where(machine => machine.Pending is not null))
        {
            (machine.Instance, machine.Pending) = (machine.Pending, null);
            machine.MissingSince = null;
            machine.Missed = 0;
            machine.Trouble = null;
            machine.LastRead = now;
            machine.NextRead = now + settings.Refresh;
            machine.Group = MostIds;
            if (IsCurrent(machine))
            {
                // Paged lists may show one twice.
                Carry(machine, [.. machine.PendingCarried.DistinctBy(carried => carried.Id, StringComparer.Ordinal)]);
                Changed(machine.Node);
            }
        }

        return null;
    }

    private static Instance? Match(Machine machine, QueuedCall.FindInstances call, IReadOnlyList<Instance> instances, out string? trouble)
    {
        trouble = null;
        if (call.Ids.Count > 0)
        {
            return instances.FirstOrDefault(instance => string.Equals(instance.Id, machine.Id, StringComparison.Ordinal));
        }

        List<Instance> there = [.. instances.Where(instance => instance.PrivateIps.Contains(machine.Identity.PrivateIp!, StringComparer.Ordinal))];
        trouble = there.Count > 1 ? $"{there.Count} CVMs have the private IP {machine.Identity.PrivateIp} ({there[0].Id}, {there[1].Id}): give --vpc-id, or the Node a provider id" : null;
        return there.Count == 1 ? there[0] : null;
    }

    private void OnMissing(Machine machine, string? trouble, DateTimeOffset now)
    {
        machine.LastRead = now;
        if (trouble is not null)
        {
            machine.Trouble = trouble;
            machine.NextRead = now + settings.Refresh;
        }
        else
        {
            machine.MissingSince ??= now;
            machine.Missed++;
            var isCertain = machine.Missed > 1 && now - machine.MissingSince >= readLag;
            machine.NextRead = now + (isCertain ? settings.Refresh : MissingRecheck);
            if (isCertain)
            {
                machine.Instance = null;
                Carry(machine, []);
            }
        }

        if (IsCurrent(machine))
        {
            Changed(machine.Node);
        }
    }

    private void OnFailed(IReadOnlyList<Machine> machines, MachineReadFailure? failure, DateTimeOffset now, bool isOfMachines)
    {
        _underWay = null;
        foreach (var machine in machines)
        {
            machine.Pending = null;
        }

        if (isOfMachines && failure is { ErrorClass: CloudErrorClass.Request or CloudErrorClass.NotFound })
        {
            // An id that the cloud finds malformed spoils the call for all that were in it.
            foreach (var machine in machines)
            {
                machine.Group = Math.Max(1, machines.Count / 2);
                machine.Trouble = machines.Count == 1 ? failure.Message : machine.Trouble;
                machine.NextRead = machines.Count == 1 ? now + settings.Refresh : now;
                Changed(machine.Node);
            }

            return;
        }

        Failures++;
        _notBefore = failure?.RetryAt ?? now + MissingRecheck;
        var isTold = failure is { ErrorClass: not (CloudErrorClass.Throttled or CloudErrorClass.Unclear or CloudErrorClass.Busy) } || Failures > 2;
        foreach (var machine in _machines.Values.Where(_ => isTold))
        {
            machine.Trouble = failure?.Message;
            Changed(machine.Node);
        }
    }

    private bool IsCurrent(Machine machine) => _machines.TryGetValue(machine.Node, out var current) && ReferenceEquals(current, machine);

    private void Carry(Machine machine, IReadOnlyList<CarriedAddress> carried)
    {
        foreach (var before in machine.Carried.Where(before => string.Equals(NodeWith(before.Id), machine.Node, StringComparison.Ordinal)))
        {
            _nodeByAddress.Remove(before.Id);
        }

        machine.Carried = carried;
        foreach (var address in carried)
        {
            _nodeByAddress[address.Id] = machine.Node;
        }
    }

    /// <summary>The machine's record counts every public IP of the primary ENI, the ordinary one too; of the others the ENIs tell.</summary>
    private static int Outside(Machine machine, Instance instance, Func<string, bool, bool> isOutside)
    {
        var (onPrimary, ours, elsewhere) = (0, 0, 0);
        foreach (var carried in machine.Carried)
        {
            var counts = isOutside(carried.Id, carried.WasClaimed);
            onPrimary += carried.OnPrimary ? 1 : 0;
            ours += carried.OnPrimary && !counts ? 1 : 0;
            elsewhere += !carried.OnPrimary && counts ? 1 : 0;
        }

        return Math.Max(instance.PublicIps.Distinct(StringComparer.Ordinal).Count(), onPrimary) - ours + elsewhere;
    }
}
