using PodEip.CloudSim.Model;
using PodEip.Kubernetes;

namespace PodEip.CloudSim.Machines.Network;

/// <summary>
/// Plays the address management of VPC-CNI: gives Pods private IPs of their machine's ENIs and takes them back. A freed IP that is
/// not fixed goes to the machine's next Pod before any other (last in, first out), address and all: the hardest case for who binds
/// addresses. A fixed one waits for its Pod's name and follows it to another machine.
/// </summary>
internal sealed class PrivateIps(CloudModel model, Func<MachineSettings> settings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Stack<(string Eni, string Ip)>> _freeShared = [];
    private readonly Dictionary<string, Stack<string>> _freeDirect = [];
    private readonly Dictionary<ObjectKey, (string Eni, string Ip)> _fixed = [];
    private readonly HashSet<string> _directEnis = [];
    private readonly OffEniIps _off = new();

    /// <summary>Gives a Pod its IP.</summary>
    /// <exception cref="CloudFault">The subnet is full, or a fixed IP can't come to this machine.</exception>
    public IpLease Take(Cvm cvm, ObjectKey pod, PodNetwork kind, bool isFixed)
    {
        lock (_lock)
        {
            switch (kind)
            {
                case PodNetwork.Host:
                    return new(kind, model.FindEni(cvm.PrimaryEniId)!.Ips[0].Ip, cvm.Id, cvm.PrimaryEniId, IsFixed: false);
                case PodNetwork.Off:
                    return new(kind, _off.Take(settings().OffEniCidr), cvm.Id, EniId: null, IsFixed: false);
            }

            var (eni, ip) = isFixed && _fixed.TryGetValue(pod, out var reserved) && StillExists(reserved)
                ? Bring(cvm, reserved)
                : kind is PodNetwork.DirectEni ? TakeDirect(cvm) : TakeShared(cvm);
            if (isFixed)
            {
                _fixed[pod] = (eni, ip);
            }

            return new(kind, ip, cvm.Id, eni, isFixed);
        }
    }

    /// <summary>Recognises the IP of a Pod that ran before this process did; null when the cloud no longer has it.</summary>
    public IpLease? Adopt(Cvm cvm, ObjectKey pod, PodNetwork kind, bool isFixed, string ip)
    {
        lock (_lock)
        {
            if (kind is PodNetwork.Host)
            {
                return new(kind, ip, cvm.Id, cvm.PrimaryEniId, IsFixed: false);
            }

            if (kind is PodNetwork.Off)
            {
                _off.Adopt(ip);
                return new(kind, ip, cvm.Id, EniId: null, IsFixed: false);
            }

            var eni = model.EnisOf(cvm.Id).FirstOrDefault(e => !e.IsPrimary && e.FindIp(ip) is not null);
            if (eni is null)
            {
                return null;
            }

            if (kind is PodNetwork.DirectEni)
            {
                _directEnis.Add(eni.Id);
            }

            if (isFixed)
            {
                _fixed[pod] = (eni.Id, ip);
            }

            return new(kind, ip, cvm.Id, eni.Id, isFixed);
        }
    }

    /// <summary>Takes an IP back from a Pod whose sandbox is gone.</summary>
    public void Free(IpLease lease)
    {
        lock (_lock)
        {
            if (lease.Kind is PodNetwork.Off)
            {
                _off.Free(lease.Ip);
            }

            if (lease.IsFixed || lease.EniId is null || lease.Kind is PodNetwork.Host || !StillExists((lease.EniId, lease.Ip)))
            {
                return;
            }

            if (settings().ReturnFreedIps)
            {
                Return(lease);
            }
            else if (lease.Kind is PodNetwork.DirectEni)
            {
                FreeDirectOf(lease.CvmId).Push(lease.EniId);
            }
            else
            {
                FreeSharedOf(lease.CvmId).Push((lease.EniId, lease.Ip));
            }
        }
    }

    private void Return(IpLease lease)
    {
        if (lease.Kind is PodNetwork.DirectEni)
        {
            _directEnis.Remove(lease.EniId!);
            model.DeleteEni(lease.EniId!);
        }
        else
        {
            model.ReturnPrivateIps(lease.EniId!, [lease.Ip]);
        }
    }

    private (string Eni, string Ip) TakeShared(Cvm cvm)
    {
        var free = FreeSharedOf(cvm.Id);
        while (free.TryPop(out var last))
        {
            if (StillExists(last))
            {
                return last;
            }
        }

        var eni = SharedEniWithRoom(cvm);
        return (eni, model.AssignPrivateIps(eni, count: 1)[0]);
    }

    private (string Eni, string Ip) TakeDirect(Cvm cvm)
    {
        var free = FreeDirectOf(cvm.Id);
        while (free.TryPop(out var last))
        {
            if (model.FindEni(last) is { } kept)
            {
                return (last, kept.Ips[0].Ip);
            }
        }

        var eni = model.CreateEni(cvm.SubnetId, cvm.Id);
        _directEnis.Add(eni.Id);
        return (eni.Id, eni.Ips[0].Ip);
    }

    // A fixed IP follows its Pod: an exclusive ENI is moved, a shared ENI's IP goes from one ENI to another.
    private (string Eni, string Ip) Bring(Cvm cvm, (string Eni, string Ip) reserved)
    {
        var eni = model.FindEni(reserved.Eni)!;
        if (eni.InstanceId == cvm.Id)
        {
            return reserved;
        }

        if (_directEnis.Contains(reserved.Eni))
        {
            if (eni.State is EniState.InUse)
            {
                model.DetachEni(reserved.Eni);
            }

            model.AttachEni(reserved.Eni, cvm.Id);
            return reserved;
        }

        if (eni.SubnetId != cvm.SubnetId)
        {
            throw new CloudFault("UnsupportedOperation.SubnetMismatch", $"Private IP `{reserved.Ip}` is of `{eni.SubnetId}`; `{cvm.Id}` is in `{cvm.SubnetId}`.");
        }

        var target = SharedEniWithRoom(cvm);
        model.ReturnPrivateIps(reserved.Eni, [reserved.Ip]);
        model.AssignPrivateIps(target, ips: [reserved.Ip]);
        return (target, reserved.Ip);
    }

    private string SharedEniWithRoom(Cvm cvm)
    {
        var room = model.EnisOf(cvm.Id).FirstOrDefault(eni =>
            !eni.IsPrimary && eni.State is EniState.InUse && !_directEnis.Contains(eni.Id) && eni.Ips.Length - 1 < settings().IpsPerEni);
        return room?.Id ?? model.CreateEni(cvm.SubnetId, cvm.Id).Id;
    }

    private bool StillExists((string Eni, string Ip) at) => model.FindEni(at.Eni)?.FindIp(at.Ip) is { State: not EniIpState.Deleting };

    private Stack<(string Eni, string Ip)> FreeSharedOf(string cvm) => _freeShared.TryGetValue(cvm, out var free) ? free : _freeShared[cvm] = [];

    private Stack<string> FreeDirectOf(string cvm) => _freeDirect.TryGetValue(cvm, out var free) ? free : _freeDirect[cvm] = [];
}
