using System.Collections.Immutable;
using PodEip.CloudSim.Model.Storage;

namespace PodEip.CloudSim.Model;

// What is not done through the API here: the account's network, its machines and their private IPs.
public sealed partial class CloudModel
{
    /// <summary>Makes a VPC with its default route table.</summary>
    /// <param name="cidr">IPv4 range, e.g. <c>10.0.0.0/16</c>. Ranges of different VPCs may overlap.</param>
    /// <param name="id">Chosen id, or null.</param>
    /// <param name="name">Name.</param>
    public Vpc CreateVpc(string cidr, string? id = null, string name = "")
    {
        lock (_lock)
        {
            var now = Settle();
            if (Ipv4Range.Parse(cidr) is null)
            {
                throw new CloudFault("InvalidParameterValue.Malformed", $"cidr `{cidr}` is no IPv4 range such as 10.0.0.0/16.");
            }

            var vpc = new Vpc(ChooseId(id, "vpc-", i => _vpcs.Find(i) is not null), name, cidr, now);
            _vpcs.Set(vpc.Id, vpc, now);
            CreateMainTable(vpc, now);
            Version++;
            return vpc;
        }
    }

    /// <summary>Makes a subnet, which uses the VPC's default route table.</summary>
    /// <param name="vpcId">Its VPC.</param>
    /// <param name="cidr">IPv4 range within the VPC's.</param>
    /// <param name="zone">Zone, e.g. <c>ap-guangzhou-6</c>.</param>
    /// <param name="id">Chosen id, or null.</param>
    /// <param name="name">Name.</param>
    public Subnet CreateSubnet(string vpcId, string cidr, string zone, string? id = null, string name = "")
    {
        lock (_lock)
        {
            var now = Settle();
            var vpc = _vpcs.Find(vpcId) ?? throw new CloudFault("ResourceNotFound", $"There is no VPC `{vpcId}`.");
            var range = Ipv4Range.Parse(cidr) is { Size: >= 8 } parsed
                ? parsed
                : throw new CloudFault("InvalidParameterValue.Malformed", $"cidr `{cidr}` is no IPv4 range of 8 addresses or more.");
            if (!Ipv4Range.Parse(vpc.Cidr)!.Value.Contains(range))
            {
                throw new CloudFault("InvalidParameterValue.Range", $"cidr `{cidr}` lies outside {vpc.Cidr} of `{vpcId}`.");
            }

            if (_subnets.Now.FirstOrDefault(s => s.VpcId == vpcId && Ipv4Range.Parse(s.Cidr)!.Value.Overlaps(range)) is { } other)
            {
                throw new CloudFault("InvalidParameterValue.Range", $"cidr `{cidr}` overlaps {other.Cidr} of `{other.Id}`.");
            }

            var subnet = new Subnet(ChooseId(id, "subnet-", i => _subnets.Find(i) is not null), vpcId, name, cidr, zone, now) { RouteTableId = MainTableOf(vpcId) };
            _subnets.Set(subnet.Id, subnet, now);
            Version++;
            return subnet;
        }
    }

    /// <summary>Makes a running CVM with its primary ENI.</summary>
    /// <param name="subnetId">Subnet of the primary ENI.</param>
    /// <param name="cpu">vCPUs.</param>
    /// <param name="id">Chosen id, or null.</param>
    /// <param name="name">Name.</param>
    /// <param name="withPublicIp">It has an ordinary public IP of its own.</param>
    /// <param name="privateIp">Chosen primary private IP, or null.</param>
    public Cvm CreateCvm(string subnetId, int cpu, string? id = null, string name = "", bool withPublicIp = false, string? privateIp = null)
    {
        lock (_lock)
        {
            var now = Settle();
            if (cpu is < 1 or > 512)
            {
                throw new CloudFault("InvalidParameterValue.Range", $"cpu is {cpu}; it must lie between 1 and 512.");
            }

            var subnet = _subnets.Find(subnetId) ?? throw new CloudFault("ResourceNotFound", $"There is no subnet `{subnetId}`.");
            var cvmId = ChooseId(id, "ins-", i => _cvms.Find(i) is not null);
            var eni = NewEni(subnet, null, privateIp, cvmId, isPrimary: true, instant: true, now);
            var cvm = new Cvm
            {
                Id = cvmId,
                Name = name,
                Cpu = cpu,
                Memory = cpu * 2,
                Zone = subnet.Zone,
                VpcId = subnet.VpcId,
                SubnetId = subnet.Id,
                PrimaryEniId = eni.Id,
                CreatedAt = now,
            };
            _cvms.Set(cvmId, cvm, now);
            if (withPublicIp)
            {
                AddOrdinaryIp(eni, eni.Ips[0].Ip, now);
            }

            Version++;
            return cvm;
        }
    }

    /// <summary>Replaces what of a CVM may change: state, charging mode, limit, role, name, tags.</summary>
    public Cvm ChangeCvm(string id, Func<Cvm, Cvm> change)
    {
        lock (_lock)
        {
            var now = Settle();
            var old = RequireCvm(id);
            var cvm = change(old) with { Id = old.Id, VpcId = old.VpcId, SubnetId = old.SubnetId, PrimaryEniId = old.PrimaryEniId };
            _cvms.Set(id, cvm, now);
            Version++;
            return cvm;
        }
    }

    /// <summary>Ends a CVM: its ENIs and private IPs go, their addresses are unbound silently (CascadeRelease ones are gone).</summary>
    public void TerminateCvm(string id)
    {
        lock (_lock)
        {
            var now = Settle();
            RequireCvm(id);
            foreach (var eni in _enisOfCvm[id].ToList())
            {
                RemoveEni(_enis.Find(eni)!, now);
            }

            _cvms.Remove(id, now);
            Version++;
        }
    }

    /// <summary>Makes a secondary ENI with its primary private IP, attached when a CVM is given.</summary>
    /// <param name="subnetId">Subnet.</param>
    /// <param name="instanceId">CVM of the same VPC and zone to attach it to, or null.</param>
    /// <param name="id">Chosen id, or null.</param>
    /// <param name="instant">Ready at once; otherwise PENDING (and its IP too) for <see cref="CloudSettings.EniTime"/>.</param>
    /// <param name="privateIp">Chosen primary private IP, or null.</param>
    public Eni CreateEni(string subnetId, string? instanceId = null, string? id = null, bool instant = true, string? privateIp = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var subnet = _subnets.Find(subnetId) ?? throw new CloudFault("ResourceNotFound", $"There is no subnet `{subnetId}`.");
            if (instanceId is not null)
            {
                RequireSamePlace(RequireCvm(instanceId), subnet.VpcId, subnet.Zone);
            }

            var eni = NewEni(subnet, id, privateIp, instanceId, isPrimary: false, instant, now);
            Version++;
            return eni;
        }
    }

    /// <summary>Attaches a free ENI to a CVM, at once; addresses on it go from BIND_ENI to BIND.</summary>
    public Eni AttachEni(string eniId, string instanceId)
    {
        lock (_lock)
        {
            var now = Settle();
            var eni = RequireEni(eniId);
            if (eni.State != EniState.Available)
            {
                throw new CloudFault("UnsupportedOperation.InvalidState", $"ENI `{eniId}` is {eni.State.Text()}; only AVAILABLE can be attached.");
            }

            RequireSamePlace(RequireCvm(instanceId), eni.VpcId, eni.Zone);
            return Relocate(eni with { State = EniState.InUse, InstanceId = instanceId, DeviceIndex = NextDevice(instanceId), AttachedAt = now }, now);
        }
    }

    /// <summary>Detaches a secondary ENI, at once; addresses on it go from BIND to BIND_ENI.</summary>
    public Eni DetachEni(string eniId)
    {
        lock (_lock)
        {
            var now = Settle();
            var eni = RequireEni(eniId);
            if (eni.IsPrimary || eni.State != EniState.InUse)
            {
                throw new CloudFault("UnsupportedOperation.InvalidState", $"ENI `{eniId}` is {(eni.IsPrimary ? "primary" : eni.State.Text())} and cannot be detached.");
            }

            return Relocate(eni with { State = EniState.Available, InstanceId = null, DeviceIndex = 0, AttachedAt = null }, now);
        }
    }

    /// <summary>Deletes a secondary ENI, attached or not, at once; its private IPs go and their addresses are unbound silently.</summary>
    public void DeleteEni(string eniId)
    {
        lock (_lock)
        {
            var now = Settle();
            var eni = RequireEni(eniId);
            if (eni.IsPrimary)
            {
                throw new CloudFault("UnsupportedOperation.InvalidState", $"ENI `{eniId}` is the primary one of `{eni.InstanceId}`.");
            }

            RemoveEni(eni, now);
            Version++;
        }
    }

    /// <summary>Adds secondary private IPs to an ENI.</summary>
    /// <param name="eniId">The ENI.</param>
    /// <param name="count">How many free ones of the subnet.</param>
    /// <param name="ips">Or these.</param>
    /// <param name="instant">AVAILABLE at once; otherwise PENDING for <see cref="CloudSettings.PrivateIpTime"/>.</param>
    /// <returns>The new IPs.</returns>
    public IReadOnlyList<string> AssignPrivateIps(string eniId, int count = 0, IReadOnlyList<string>? ips = null, bool instant = true)
    {
        lock (_lock)
        {
            var now = Settle();
            var eni = RequireEni(eniId);
            var subnet = _subnets.Find(eni.SubnetId)!;
            var added = new List<string>();
            foreach (var ip in ips ?? Enumerable.Repeat<string?>(null, count))
            {
                added.Add(TakePrivateIp(subnet, ip, eniId));
            }

            var state = instant ? EniIpState.Available : EniIpState.Pending;
            _enis.Set(eniId, eni with { Ips = eni.Ips.AddRange(added.Select(ip => new EniIp(ip, false, state))) }, now);
            if (!instant)
            {
                Schedule(After(now, _settings.PrivateIpTime, TransitionKind.PrivateIpsReady, eniId) with { Ips = [.. added] });
            }

            Version++;
            return added;
        }
    }

    /// <summary>Gives secondary private IPs back, without the API's bounds and mutex; their addresses are unbound silently.</summary>
    /// <param name="eniId">The ENI.</param>
    /// <param name="ips">The IPs.</param>
    /// <param name="instant">Gone at once; otherwise DELETING for <see cref="CloudSettings.PrivateIpReturnTime"/>.</param>
    public void ReturnPrivateIps(string eniId, IReadOnlyList<string> ips, bool instant = true)
    {
        lock (_lock)
        {
            var now = Settle();
            var eni = RequireEni(eniId);
            RequireSecondary(eni, ips);
            if (instant)
            {
                RemoveIps(eniId, [.. ips], now);
            }
            else
            {
                BeginReturn(eni, [.. ips], null, now);
            }

            Version++;
        }
    }

    private void BeginReturn(Eni eni, ImmutableArray<string> ips, string? task, DateTimeOffset now)
    {
        _enis.Set(eni.Id, eni with { TaskId = task ?? eni.TaskId, Ips = [.. eni.Ips.Select(i => ips.Contains(i.Ip) ? i with { State = EniIpState.Deleting } : i)] }, now);
        foreach (var ip in ips)
        {
            // The cloud unbinds first, by itself; nobody gets a task id for that.
            if (_addresses.At(eni.Id, ip) is { IsBound: true, TaskId: 0 } address)
            {
                _addresses.Set(address with { Status = AddressStatus.Unbinding, TaskId = SilentTask }, now);
            }
        }

        Schedule(After(now, _settings.PrivateIpReturnTime, TransitionKind.PrivateIpsGone, eni.Id) with { Ips = ips, EniTaskId = task });
    }

    private const long SilentTask = -1;

    private void RemoveIps(string eniId, ImmutableArray<string> ips, DateTimeOffset at)
    {
        if (_enis.Find(eniId) is not { } eni)
        {
            return;
        }

        foreach (var ip in ips)
        {
            DropAddressAt(eni, ip, at);
            _eniOfIp.Remove((eni.VpcId, ip));
        }

        _enis.Set(eniId, eni with { Ips = eni.Ips.RemoveAll(i => ips.Contains(i.Ip)) }, at);
    }

    // A bind in flight fails with its target; an unbind in flight has what it wanted.
    private void DropAddressAt(Eni eni, string ip, DateTimeOffset at)
    {
        if (_addresses.At(eni.Id, ip) is not { } address)
        {
            return;
        }

        if (address.TaskId > 0)
        {
            EndTask(address.TaskId, good: address.Status == AddressStatus.Unbinding);
        }

        if (address.Status == AddressStatus.Binding)
        {
            _addresses.Set(Unbound(address), at);
        }
        else
        {
            SetUnbound(address, at);
        }
    }

    private void RemoveEni(Eni eni, DateTimeOffset now)
    {
        foreach (var ip in eni.Ips)
        {
            DropAddressAt(eni, ip.Ip, now);
            _eniOfIp.Remove((eni.VpcId, ip.Ip));
        }

        EndTask(eni.TaskId, good: false);
        SetEni(eni with { InstanceId = null }, now);
        _enis.Remove(eni.Id, now);
    }

    private void ApplyIpsReady(Transition t)
    {
        if (_enis.Find(t.Ids[0]) is { } eni)
        {
            _enis.Set(eni.Id, eni with { Ips = [.. eni.Ips.Select(i => i.State == EniIpState.Pending && t.Ips.Contains(i.Ip) ? i with { State = EniIpState.Available } : i)] }, t.Due);
        }
    }

    private void ApplyEniReady(Transition t)
    {
        ApplyIpsReady(t);
        if (_enis.Find(t.Ids[0]) is { State: EniState.Pending or EniState.Attaching } eni)
        {
            SetEni(eni with { State = eni.InstanceId is null ? EniState.Available : EniState.InUse }, t.Due);
        }
    }

    private void EndEniTask(string eniId, string? task, DateTimeOffset at)
    {
        EndTask(task, good: true);
        if (_enis.Find(eniId) is { TaskId: { } held } eni && held == task)
        {
            _enis.Set(eniId, eni with { TaskId = null }, at);
        }
    }

    private Eni NewEni(Subnet subnet, string? id, string? privateIp, string? instanceId, bool isPrimary, bool instant, DateTimeOffset now)
    {
        var eniId = ChooseId(id, "eni-", i => _enis.Find(i) is not null);
        var ip = TakePrivateIp(subnet, privateIp, eniId);
        var number = Ipv4Range.ToNumber(ip)!.Value;
        var eni = new Eni
        {
            Id = eniId,
            Name = isPrimary ? "primary" : "",
            VpcId = subnet.VpcId,
            SubnetId = subnet.Id,
            Zone = subnet.Zone,
            IsPrimary = isPrimary,
            State = !instant ? EniState.Pending : instanceId is null ? EniState.Available : EniState.InUse,
            InstanceId = instanceId,
            DeviceIndex = instanceId is null || isPrimary ? 0 : NextDevice(instanceId),
            AttachedAt = instanceId is null ? null : now,
            CreatedAt = now,
            Mac = $"20:90:{number >> 24:x2}:{(number >> 16) & 255:x2}:{(number >> 8) & 255:x2}:{number & 255:x2}",
            Ips = [new EniIp(ip, true, instant ? EniIpState.Available : EniIpState.Pending)],
        };
        SetEni(eni, now);
        if (!instant)
        {
            Schedule(After(now, _settings.EniTime, TransitionKind.EniReady, eniId) with { Ips = [ip] });
        }

        return eni;
    }

    private Eni Relocate(Eni eni, DateTimeOffset now)
    {
        SetEni(eni, now);
        foreach (var id in _addresses.OnEni(eni.Id).ToList())
        {
            _addresses.Set(Located(_addresses.Find(id)!), now);
        }

        Version++;
        return eni;
    }

    private void SetEni(Eni eni, DateTimeOffset at)
    {
        if (_enis.Find(eni.Id)?.InstanceId is { } old)
        {
            _enisOfCvm.Remove(old, eni.Id);
        }

        if (eni.InstanceId is { } instance)
        {
            _enisOfCvm.Add(instance, eni.Id);
        }

        _enis.Set(eni.Id, eni, at);
    }

    private int NextDevice(string instanceId) => _enisOfCvm[instanceId].Count == 0 ? 1 : _enisOfCvm[instanceId].Max(id => _enis.Find(id)!.DeviceIndex) + 1;

    private void AddOrdinaryIp(Eni eni, string privateIp, DateTimeOffset at)
    {
        // Without a free public IP the CVM stays without one, as in a zone that is out of them.
        if (_publicIps.Take(_settings.PublicRanges, _addresses.HoldsPublicIp) is { } publicIp)
        {
            _addresses.Set(
                Located(new ElasticAddress
                {
                    Id = NewAddressId(),
                    Status = AddressStatus.Bind,
                    PublicIp = publicIp,
                    EniId = eni.Id,
                    PrivateIp = privateIp,
                    CreatedAt = at,
                    Type = ElasticAddress.OrdinaryType,
                }),
                at);
        }
    }

    private string TakePrivateIp(Subnet subnet, string? wanted, string eniId)
    {
        var range = Ipv4Range.Parse(subnet.Cidr)!.Value;
        if (wanted is not null)
        {
            var inside = Ipv4Range.ToNumber(wanted) is { } number && range.Contains(number);
            if (!inside || _eniOfIp.ContainsKey((subnet.VpcId, wanted)))
            {
                throw new CloudFault(
                    inside ? "ResourceInUse" : "InvalidParameterValue.Range",
                    $"Private IP `{wanted}` {(inside ? "is in use" : $"lies outside {subnet.Cidr} of `{subnet.Id}`")}.");
            }

            _eniOfIp.Add((subnet.VpcId, wanted), eniId);
            return wanted;
        }

        // The network, the gateway and the last address of a subnet are never given.
        var usable = range.Size - 3;
        var cursor = _subnetCursors.GetValueOrDefault(subnet.Id);
        for (uint i = 0; i < usable; i++)
        {
            var ip = Ipv4Range.ToText(range.First + 2 + ((cursor + i) % usable));
            if (_eniOfIp.TryAdd((subnet.VpcId, ip), eniId))
            {
                _subnetCursors[subnet.Id] = (cursor + i + 1) % usable;
                return ip;
            }
        }

        throw new CloudFault("ResourceInsufficient.Subnet", $"Subnet `{subnet.Id}` has no free private IP.");
    }

    private static void RequireSecondary(Eni eni, IReadOnlyList<string> ips)
    {
        foreach (var ip in ips)
        {
            switch (eni.FindIp(ip))
            {
                case null:
                    throw new CloudFault("ResourceNotFound", $"Private IP `{ip}` is not on ENI `{eni.Id}`.");
                case { IsPrimary: true }:
                    throw new CloudFault("UnsupportedOperation", $"`{ip}` is the primary IP of ENI `{eni.Id}` and cannot be given back.");
                case { State: EniIpState.Deleting }:
                    throw new CloudFault("UnsupportedOperation.InvalidState", $"Private IP `{ip}` of ENI `{eni.Id}` is being given back already.");
            }
        }
    }

    private static void RequireSamePlace(Cvm cvm, string vpcId, string zone)
    {
        if (cvm.VpcId != vpcId)
        {
            throw new CloudFault("UnsupportedOperation.VpcMismatch", $"Instance `{cvm.Id}` is in `{cvm.VpcId}`, not in `{vpcId}`.");
        }

        if (cvm.Zone != zone)
        {
            throw new CloudFault("UnsupportedOperation.ZoneMismatch", $"Instance `{cvm.Id}` is in `{cvm.Zone}`, not in `{zone}`.");
        }
    }

    private Cvm RequireCvm(string id) => _cvms.Find(id) ?? throw new CloudFault("InvalidInstanceId.NotFound", $"There is no instance `{id}`.");

    private Eni RequireEni(string id) => _enis.Find(id) ?? throw new CloudFault("ResourceNotFound", $"There is no ENI `{id}`.");

    private string ChooseId(string? wanted, string prefix, Func<string, bool> exists)
    {
        if (wanted is not null)
        {
            if (!ResourceIds.IsWellFormed(wanted, prefix))
            {
                throw new CloudFault("InvalidParameterValue.Malformed", $"id `{wanted}` must be `{prefix}` and lower-case letters and digits.");
            }

            return exists(wanted) ? throw new CloudFault("ResourceInUse", $"`{wanted}` exists already.") : wanted;
        }

        string id;
        do
        {
            id = _ids.Make(prefix);
        }
        while (exists(id));

        return id;
    }
}
