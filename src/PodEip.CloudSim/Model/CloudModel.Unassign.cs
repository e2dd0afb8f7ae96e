using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    /// <summary>UnassignPrivateIpAddresses: gives secondary IPs back and unbinds their addresses by itself.</summary>
    /// <returns>The request id to poll with <see cref="DescribeVpcTaskResult"/>: that of the context, when it has one.</returns>
    public EniTaskAnswer UnassignPrivateIpAddresses(UnassignPrivateIpAddressesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            ResourceIds.RequireEni(call.EniId);
            if (call.PrivateIps.Count is 0 or > 10)
            {
                throw call.PrivateIps.Count == 0
                    ? new CloudFault("MissingParameter", "PrivateIpAddresses is empty.")
                    : new CloudFault("InvalidParameterValue.LimitExceeded", $"PrivateIpAddresses holds {call.PrivateIps.Count} IPs; at most 10 are allowed.");
            }

            foreach (var ip in call.PrivateIps)
            {
                if (Storage.Ipv4Range.ToNumber(ip) is null)
                {
                    throw new CloudFault("InvalidParameterValue.Malformed", $"`{ip}` is no IPv4 address.");
                }
            }

            if (call.PrivateIps.Distinct(StringComparer.Ordinal).Count() < call.PrivateIps.Count)
            {
                throw new CloudFault("InvalidParameterValue.DuplicatePara", "PrivateIpAddresses names an IP twice.");
            }

            var eni = RequireEni(call.EniId);
            if (call.InstanceId is { } instance && eni.InstanceId != instance)
            {
                throw new CloudFault("UnsupportedOperation.AttachmentNotFound", $"ENI `{eni.Id}` is not attached to `{instance}`.");
            }

            var busy = eni.TaskId is not null ? eni.Id : call.PrivateIps.FirstOrDefault(ip => _addresses.At(eni.Id, ip) is { TaskId: not 0 });
            if (busy is not null)
            {
                throw new CloudFault("UnsupportedOperation.MutexOperationTaskRunning", $"A task is running on `{busy}`.");
            }

            RequireSecondary(eni, call.PrivateIps);
            var task = StartEniTask("UnassignPrivateIpAddresses", context ?? CallContext.Plain, now, eni.Id);
            BeginReturn(eni, [.. call.PrivateIps], task, now);
            return new EniTaskAnswer(task);
        }
    }
}
