using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    /// <summary>AssociateAddress: UNBIND to BINDING, later BIND or BIND_ENI.</summary>
    public TaskAnswer AssociateAddress(AssociateAddressCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            ResourceIds.RequireAddress(call.AddressId);
            if (call is { InstanceId: not null, EniId: not null } or { InstanceId: not null, PrivateIp: not null })
            {
                throw new CloudFault("InvalidParameterConflict", "InstanceId excludes NetworkInterfaceId and PrivateIpAddress.");
            }

            if (call is { InstanceId: null, EniId: null })
            {
                throw new CloudFault("InvalidParameterValue.MissingAssociateEntity", "Neither InstanceId nor NetworkInterfaceId is given.");
            }

            if (call is { EniId: not null, PrivateIp: null })
            {
                throw new CloudFault("MissingParameter", "PrivateIpAddress must be given with NetworkInterfaceId.");
            }

            var address = RequireFreeForTask(call.AddressId);
            RequireBindable(address, call);
            var (eni, ip) = FindTarget(call);
            RequireTargetFree(eni, ip, call.InstanceId is not null, now);
            var task = StartTask("AssociateAddress", now, [address.Id]);
            _addresses.Set(
                address with
                {
                    Status = AddressStatus.Binding,
                    EniId = eni.Id,
                    PrivateIp = ip.Ip,
                    InstanceId = eni.InstanceId,
                    InstanceType = InstanceTypeOf(eni),
                    IsDirectConnection = call.DirectConnection,
                    TaskId = task,
                },
                now);
            Schedule(After(now, _settings.BindingTime, TransitionKind.AddressBound, address.Id) with { TaskId = task, Fails = context?.FailTask ?? false });
            return new TaskAnswer(task);
        }
    }

    /// <summary>DisassociateAddress: BIND or BIND_ENI to UNBINDING, later UNBIND (gone with CascadeRelease).</summary>
    public TaskAnswer DisassociateAddress(DisassociateAddressCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            ResourceIds.RequireAddress(call.AddressId);
            var address = RequireFreeForTask(call.AddressId);
            if (!address.IsBound)
            {
                throw new CloudFault("InvalidAddressIdStatus.NotPermit", $"Address `{address.Id}` is {address.Status.Text()}; only a bound one can be unbound.");
            }

            if (address.EniId is null || address.IsOrdinary)
            {
                throw new CloudFault("UnsupportedOperation.AddressStatusNotPermit", $"Address `{address.Id}` is bound to {address.InstanceType} `{address.InstanceId}` and cannot be unbound so.");
            }

            if (call.ReallocateOrdinaryIp)
            {
                RequireOrdinaryIp(address, now);
            }

            var task = StartTask("DisassociateAddress", now, [address.Id]);
            _addresses.Set(address with { Status = AddressStatus.Unbinding, TaskId = task }, now);
            Schedule(After(now, _settings.UnbindingTime, TransitionKind.AddressUnbound, address.Id) with
            {
                TaskId = task,
                Fails = context?.FailTask ?? false,
                GivesOrdinaryIp = call.ReallocateOrdinaryIp,
            });
            return new TaskAnswer(task);
        }
    }

    private ElasticAddress RequireFreeForTask(string id)
    {
        var address = _addresses.Find(id) ?? throw new CloudFault("InvalidAddressId.NotFound", $"There is no address `{id}`.");
        return address.TaskId == 0
            ? address
            : throw new CloudFault("OperationDenied.MutexTaskRunning", $"Task {address.TaskId} is running on address `{id}` ({address.Status.Text()}).");
    }

    private static void RequireBindable(ElasticAddress address, AssociateAddressCall call)
    {
        if (address.IsOrdinary)
        {
            throw new CloudFault("UnsupportedOperation.IncorrectAddressResourceType", $"Address `{address.Id}` is an ordinary public IP.");
        }

        if (address.IsBlocked)
        {
            throw new CloudFault("InvalidAddressId.Blocked", $"Address `{address.Id}` is blocked.");
        }

        if (address.IsArrears)
        {
            throw new CloudFault("OperationDenied.AddressInArrears", $"Address `{address.Id}` is isolated for arrears.");
        }

        if (address.Status == AddressStatus.Unbind)
        {
            return;
        }

        throw call.EniId is { } eni && address.EniId is { } bound && bound != eni
            ? new CloudFault("InvalidParameterValue.NetworkInterfaceIdNotMatch", $"Address `{address.Id}` is bound to ENI `{bound}`, not `{eni}`.")
            : call.PrivateIp is { } ip && address.PrivateIp is { } boundIp && boundIp != ip
                ? new CloudFault("InvalidParameterValue.PrivateIpAddressNotMatch", $"Address `{address.Id}` is bound to private IP `{boundIp}`, not `{ip}`.")
                : new CloudFault("UnsupportedOperation.AddressStatusNotPermit", $"Address `{address.Id}` is {address.Status.Text()}; only UNBIND can be bound.");
    }

    private (Eni Eni, EniIp Ip) FindTarget(AssociateAddressCall call)
    {
        if (call.InstanceId is { } instanceId)
        {
            var cvm = _cvms.Find(instanceId) ?? throw new CloudFault("InvalidInstanceId.NotFound", $"There is no instance `{instanceId}`.");
            var primary = _enis.Find(cvm.PrimaryEniId)!;
            return (primary, primary.Ips[0]);
        }

        var eni = _enis.Find(call.EniId!);
        return eni?.FindIp(call.PrivateIp!) is { } ip
            ? (eni, ip)
            : throw new CloudFault("InvalidNetworkInterfaceId.NotFound", $"There is no ENI `{call.EniId}`, or `{call.PrivateIp}` is not on it.");
    }

    private void RequireTargetFree(Eni eni, EniIp ip, bool byInstance, DateTimeOffset now)
    {
        if (ip.State != EniIpState.Available || eni.State is not (EniState.Available or EniState.InUse))
        {
            throw new CloudFault("UnsupportedOperation.InstanceStateNotSupported", $"ENI `{eni.Id}` or its private IP `{ip.Ip}` is not ready.");
        }

        if (eni.InstanceId is { } id && _cvms.Find(id) is { } cvm)
        {
            RequireRunning(cvm);
        }

        var there = _addresses.At(eni.Id, ip.Ip);
        if (there is { IsOrdinary: true })
        {
            if (_settings.OrdinaryIpRefusesBinding)
            {
                throw new CloudFault("InvalidParameterValue.InstanceHasWanIP", $"`{ip.Ip}` has the ordinary public IP {there.PublicIp}; give that back first.");
            }

            _addresses.Remove(there, now);
        }
        else if (there is not null)
        {
            throw byInstance
                ? new CloudFault("InvalidInstanceId.AlreadyBindEip", $"Instance `{eni.InstanceId}` already has address `{there.Id}`.")
                : new CloudFault("InvalidPrivateIpAddress.AlreadyBindEip", $"Private IP `{ip.Ip}` of ENI `{eni.Id}` already has address `{there.Id}`.");
        }

        if (eni.InstanceId is { } instance && _cvms.Find(instance) is { } owner)
        {
            var limit = owner.PublicIpLimit ?? PublicIpLimits.For(owner.Cpu);
            if (CountPublicIps(instance) >= limit)
            {
                throw new CloudFault("LimitExceeded.InstanceAddressQuota", $"Instance `{instance}` carries {limit} public IPs, all that its {owner.Cpu} vCPUs allow.");
            }
        }
    }

    private static void RequireRunning(Cvm cvm)
    {
        if (cvm is { State: "STOPPED", StopChargingMode: "STOP_CHARGING" })
        {
            throw new CloudFault("UnsupportedOperation.InstanceStatusNotPermit", $"Instance `{cvm.Id}` is shut down without charge.");
        }

        if (cvm.State is not ("RUNNING" or "STOPPED"))
        {
            throw new CloudFault("UnsupportedOperation.InstanceStateNotSupported", $"Instance `{cvm.Id}` is {cvm.State}.");
        }
    }

    private int CountPublicIps(string instanceId) => _enisOfCvm[instanceId].Sum(eni => _addresses.OnEni(eni).Count);

    private static string InstanceTypeOf(Eni eni) => eni.IsPrimary ? "CVM" : "ENI";

    private void RequireOrdinaryIp(ElasticAddress address, DateTimeOffset now)
    {
        var eni = _enis.Find(address.EniId!);
        if (eni is not { IsPrimary: true } || eni.Ips[0].Ip != address.PrivateIp)
        {
            throw new CloudFault("InvalidParameterValue.OnlySupportedForMasterNetworkCard", "An ordinary public IP can only be given to the primary IP of the primary ENI.");
        }

        var today = Today(now);
        if (today.OrdinaryIps >= _settings.DailyPublicIpQuota)
        {
            throw new CloudFault("AddressQuotaLimitExceeded.DailyAllocate", $"{_settings.DailyPublicIpQuota} ordinary public IPs can be given a day.");
        }

        _daily = today with { OrdinaryIps = today.OrdinaryIps + 1 };
    }
}
