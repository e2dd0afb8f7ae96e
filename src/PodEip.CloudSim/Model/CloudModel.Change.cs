using System.Collections.Immutable;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    /// <summary>ReleaseAddresses: UNBIND to OFFLINING, later gone for good. All or none.</summary>
    public TaskAnswer ReleaseAddresses(ReleaseAddressesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var addresses = RequireBatch(call.AddressIds, _settings.MaxRelease);
            foreach (var address in addresses)
            {
                if (address.Status != AddressStatus.Unbind)
                {
                    throw new CloudFault("InvalidAddressState", $"Address `{address.Id}` is {address.Status.Text()}; only UNBIND can be released.");
                }
            }

            RequireAlike(addresses, a => a.ChargeType, "InvalidParameterValue.AddressInternetChargeTypeConflict", "charge types");
            RequireAlike(addresses, a => a.Type, "InvalidParameterValue.AddressTypeConflict", "address types");
            return ChangeAll("ReleaseAddresses", addresses, a => a with { Status = AddressStatus.Offlining }, now, _settings.OffliningTime, TransitionKind.AddressesReleased, context, 0);
        }
    }

    /// <summary>ModifyAddressesBandwidth: the cap changes when the task ends; the status stays.</summary>
    public TaskAnswer ModifyAddressesBandwidth(ModifyAddressesBandwidthCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var addresses = RequireBatch(call.AddressIds, _settings.MaxModify);
            foreach (var address in addresses)
            {
                if (address.Status is not (AddressStatus.Unbind or AddressStatus.Bind or AddressStatus.BindEni))
                {
                    throw new CloudFault("UnsupportedOperation.AddressStatusNotPermit", $"Address `{address.Id}` is {address.Status.Text()}.");
                }

                if (address.IsArrears)
                {
                    throw new CloudFault("OperationDenied.AddressInArrears", $"Address `{address.Id}` is isolated for arrears.");
                }

                if (address.IsOrdinary || address.ChargeType is null)
                {
                    throw new CloudFault("InvalidParameterValue.AddressTypeConflict", $"Address `{address.Id}` has no bandwidth of its own.");
                }

                PurchaseOrder.CheckBandwidth(call.Bandwidth, address.ChargeType, _settings);
            }

            RequireAlike(addresses, a => a.ChargeType, "InvalidParameterValue.InconsistentInstanceInternetChargeType", "charge types");
            return ChangeAll("ModifyAddressesBandwidth", addresses, a => a, now, _settings.ModifyingTime, TransitionKind.BandwidthChanged, context, call.Bandwidth);
        }
    }

    /// <summary>ModifyAddressAttribute: at once, no task.</summary>
    public void ModifyAddressAttribute(ModifyAddressAttributeCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            ResourceIds.RequireAddress(call.AddressId);
            var address = RequireFreeForTask(call.AddressId);
            if (address.IsOrdinary)
            {
                throw new CloudFault("UnsupportedOperation.IncorrectAddressResourceType", $"Address `{address.Id}` is an ordinary public IP.");
            }

            if (call.DirectConnection is not null && address is not { Status: AddressStatus.Bind, InstanceType: "CVM" })
            {
                throw new CloudFault("UnsupportedOperation.AddressStatusNotPermit", $"EipDirectConnection needs an address bound to a CVM; `{address.Id}` is {address.Status.Text()}.");
            }

            var name = call.Name is { } wanted ? AddressNames.Check(wanted, _settings.NameLimit, LongNames.Refuse) : address.Name;
            _addresses.Set(address with { Name = string.IsNullOrEmpty(name) ? null : name, IsDirectConnection = call.DirectConnection ?? address.IsDirectConnection }, now);
            Version++;
        }
    }

    private List<ElasticAddress> RequireBatch(IReadOnlyList<string> ids, int most)
    {
        if (ids.Count == 0)
        {
            throw new CloudFault("MissingParameter", "AddressIds is empty.");
        }

        if (most > 0 && ids.Count > most)
        {
            throw new CloudFault("InvalidParameterValue.LimitExceeded", $"AddressIds holds {ids.Count} ids; at most {most} are allowed.");
        }

        foreach (var id in ids)
        {
            ResourceIds.RequireAddress(id);
        }

        return ids.Distinct(StringComparer.Ordinal).Select(RequireFreeForTask).ToList();
    }

    private static void RequireAlike(List<ElasticAddress> addresses, Func<ElasticAddress, string?> key, string code, string what)
    {
        if (addresses.Select(key).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            throw new CloudFault(code, $"The addresses of one call must not differ in their {what}.");
        }
    }

    private TaskAnswer ChangeAll(
        string action,
        List<ElasticAddress> addresses,
        Func<ElasticAddress, ElasticAddress> change,
        DateTimeOffset now,
        TimeSpan delay,
        TransitionKind kind,
        CallContext? context,
        int bandwidth)
    {
        var ids = addresses.Select(a => a.Id).ToImmutableArray();
        var task = StartTask(action, now, ids);
        foreach (var address in addresses)
        {
            _addresses.Set(change(address) with { TaskId = task }, now);
        }

        Schedule(After(now, delay, kind, ids) with { TaskId = task, Bandwidth = bandwidth, Fails = context?.FailTask ?? false });
        return new TaskAnswer(task);
    }
}
