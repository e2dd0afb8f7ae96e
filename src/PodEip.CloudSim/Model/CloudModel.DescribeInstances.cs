using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    /// <summary>DescribeInstances. Ids exclude filters; ids that do not exist are left out.</summary>
    public DescribeInstancesAnswer DescribeInstances(DescribeInstancesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var page = Paging.Check(call, "InvalidParameterValue");
            CheckInstanceQuery(call);
            var past = AsOf(now, context ?? CallContext.Plain);
            var enis = past is { } moment ? _enis.AsOf(moment).ToDictionary(e => e.Id, StringComparer.Ordinal) : null;
            var bound = past is { } then ? AddressesByTarget(then) : null;
            var tests = (call.Filters ?? []).Select(CvmTest).ToList();
            var total = 0;
            var found = new List<CvmView>();
            foreach (var cvm in past is { } at ? _cvms.AsOf(at) : _cvms.Now)
            {
                if (call.Ids is { Count: > 0 } && !call.Ids.Contains(cvm.Id))
                {
                    continue;
                }

                var eni = enis is null ? _enis.Find(cvm.PrimaryEniId) : enis.GetValueOrDefault(cvm.PrimaryEniId);
                var ips = eni?.Ips ?? [];
                var addresses = ips.Select(ip => bound is null ? _addresses.At(cvm.PrimaryEniId, ip.Ip) : bound.GetValueOrDefault((cvm.PrimaryEniId, ip.Ip)));
                var view = new CvmView(cvm, [.. ips.Select(ip => ip.Ip)], [.. addresses.Select(a => a?.PublicIp).OfType<string>()]);
                if (tests.TrueForAll(test => test(view)) && page.Takes(total++))
                {
                    found.Add(view);
                }
            }

            return new DescribeInstancesAnswer(total, found);
        }
    }

    private static void CheckInstanceQuery(DescribeInstancesCall call)
    {
        if (call is { Ids.Count: > 0, Filters.Count: > 0 })
        {
            throw new CloudFault("InvalidParameter", "InstanceIds and Filters exclude each other.");
        }

        if (call.Ids is { Count: > 100 } || call.Filters is { Count: > 10 })
        {
            throw new CloudFault("InvalidParameterValue.LimitExceeded", "At most 100 InstanceIds and 10 Filters are allowed.");
        }

        if (call.Ids?.FirstOrDefault(id => !ResourceIds.IsWellFormed(id, "ins-")) is { } bad)
        {
            throw new CloudFault("InvalidInstanceId.Malformed", $"`{bad}` is no instance id; one looks like `ins-11112222`.");
        }

        if (call.Filters?.FirstOrDefault(f => f.Values.Count > 5) is { } many)
        {
            throw new CloudFault("InvalidFilterValue.LimitExceeded", $"Filter `{many.Name}` has {many.Values.Count} values; at most 5 are allowed.");
        }
    }

    private static Func<CvmView, bool> CvmTest(CloudFilter filter)
    {
        var values = filter.Values;
        if (TagTests.Parse(filter.Name, values) is { } tagTest)
        {
            return v => tagTest(v.Cvm.Tags);
        }

        return filter.Name switch
        {
            "zone" => v => values.Contains(v.Cvm.Zone),
            "project-id" => _ => values.Contains("0"),
            "vpc-id" => v => values.Contains(v.Cvm.VpcId),
            "subnet-id" => v => values.Contains(v.Cvm.SubnetId),
            "instance-id" => v => values.Contains(v.Cvm.Id),
            "uuid" or "ipv6-address" => _ => false,
            "security-group-id" => v => v.Cvm.SecurityGroups.Any(values.Contains),
            "instance-name" => v => values.Contains(v.Cvm.Name),
            "instance-charge-type" => _ => values.Contains("POSTPAID_BY_HOUR"),
            "instance-state" => v => values.Contains(v.Cvm.State),
            "private-ip-address" => v => v.PrivateIps.Any(values.Contains),
            "public-ip-address" => v => v.PublicIps.Any(values.Contains),
            "creation-start-time" => v => values.Any(t => ParseTime(t) <= v.Cvm.CreatedAt),
            "creation-end-time" => v => values.Any(t => ParseTime(t) >= v.Cvm.CreatedAt),
            _ => throw new CloudFault("InvalidFilter", $"There is no filter `{filter.Name}`."),
        };
    }

    private static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new CloudFault("InvalidParameterValue.InvalidTimeFormat", $"`{text}` is no time.");
}
