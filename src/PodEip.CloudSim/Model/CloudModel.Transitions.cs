namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    private void Apply(Transition t)
    {
        switch (t.Kind)
        {
            case TransitionKind.PrivateIpsReady:
                ApplyIpsReady(t);
                break;
            case TransitionKind.PrivateIpsGone:
                RemoveIps(t.Ids[0], t.Ips, t.Due);
                EndEniTask(t.Ids[0], t.EniTaskId, t.Due);
                break;
            case TransitionKind.EniReady:
                ApplyEniReady(t);
                break;
            default:
                foreach (var id in t.Ids)
                {
                    if (_addresses.Find(id) is { } address)
                    {
                        ApplyTo(address, t);
                    }
                }

                EndTask(t.TaskId, good: !t.Fails);
                break;
        }
    }

    private void ApplyTo(ElasticAddress address, Transition t)
    {
        if (t.Kind == TransitionKind.TagsAppear)
        {
            _addresses.Set(address with { Tags = address.Tags.AddRange(t.Tags.Where(tag => !address.Tags.ContainsKey(tag.Key))) }, t.Due);
            return;
        }

        // Something stronger (an IP that vanished, the control face) may have ended the task before its time.
        if (address.TaskId != t.TaskId)
        {
            return;
        }

        var idle = address with { TaskId = 0 };
        switch (t.Kind)
        {
            case TransitionKind.AddressesCreated when t.Fails:
                _addresses.Remove(address, t.Due);
                break;
            case TransitionKind.AddressesCreated:
                _addresses.Set(idle with { Status = AddressStatus.Unbind }, t.Due);
                break;
            case TransitionKind.AddressBound when t.Fails:
                _addresses.Set(Unbound(idle), t.Due);
                break;
            case TransitionKind.AddressBound:
                _addresses.Set(Located(idle with { Status = AddressStatus.Bind }), t.Due);
                break;
            case TransitionKind.AddressUnbound when t.Fails:
                _addresses.Set(Located(idle with { Status = AddressStatus.Bind }), t.Due);
                break;
            case TransitionKind.AddressUnbound:
                SetUnbound(idle, t.Due);
                if (t.GivesOrdinaryIp && address is { EniId: { } eni, PrivateIp: { } ip })
                {
                    AddOrdinaryIp(_enis.Find(eni)!, ip, t.Due);
                }

                break;
            case TransitionKind.AddressesReleased when t.Fails:
                _addresses.Set(idle with { Status = AddressStatus.Unbind }, t.Due);
                break;
            case TransitionKind.AddressesReleased:
                _addresses.Remove(address, t.Due);
                break;
            case TransitionKind.BandwidthChanged:
                _addresses.Set(t.Fails ? idle : idle with { Bandwidth = t.Bandwidth }, t.Due);
                break;
        }
    }

    private static ElasticAddress Unbound(ElasticAddress address) => address with
    {
        Status = AddressStatus.Unbind,
        EniId = null,
        PrivateIp = null,
        InstanceId = null,
        InstanceType = null,
        IsDirectConnection = false,
        TaskId = 0,
    };

    /// <summary>A bound address with status and instance as its ENI has them now.</summary>
    private ElasticAddress Located(ElasticAddress address)
    {
        if (address.EniId is not { } id || _enis.Find(id) is not { } eni)
        {
            return address;
        }

        return address with
        {
            Status = !address.IsBound ? address.Status : eni.InstanceId is null ? AddressStatus.BindEni : AddressStatus.Bind,
            InstanceId = eni.InstanceId,
            InstanceType = InstanceTypeOf(eni),
        };
    }

    private void SetUnbound(ElasticAddress address, DateTimeOffset at)
    {
        if (address.CascadeRelease || address.IsOrdinary)
        {
            _addresses.Remove(address, at);
        }
        else
        {
            _addresses.Set(Unbound(address), at);
        }
    }
}
