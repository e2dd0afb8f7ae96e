using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

/// <summary>The filters of one DescribeNetworkInterfaces call, checked.</summary>
internal sealed class EniFilter
{
    private readonly List<Func<Eni, Func<string, string, ElasticAddress?>, bool>> _tests = [];

    public List<string>? Ids { get; private set; }

    public List<string>? Instances { get; private set; }

    public List<string>? ExactIps { get; private set; }

    public static EniFilter Parse(DescribeNetworkInterfacesCall call)
    {
        var filter = new EniFilter();
        var filters = call.Filters ?? [];
        if (call.Ids is { Count: > 0 } && filters.Count > 0)
        {
            throw new CloudFault("InvalidParameter.Coexist", "NetworkInterfaceIds and Filters exclude each other.");
        }

        if (call.Ids is { Count: > 100 } || filters.Count > 10 || filters.Any(f => f.Values.Count > 100))
        {
            throw new CloudFault("InvalidParameterValue.LimitExceeded", "At most 100 ids, 10 filters and 100 values a filter are allowed.");
        }

        if (call.Ids is { Count: > 0 } ids)
        {
            foreach (var id in ids)
            {
                ResourceIds.RequireEni(id);
            }

            filter.Ids = [.. ids];
            var set = ids.ToHashSet(StringComparer.Ordinal);
            filter._tests.Add((e, _) => set.Contains(e.Id));
        }

        var exact = filters.Any(f => f.Name == "ip-exact-match" && f.Values.Any(IsTrue));
        foreach (var one in filters)
        {
            filter.Add(one.Name, one.Values, exact);
        }

        return filter;
    }

    public bool Matches(Eni eni, Func<string, string, ElasticAddress?> addressAt)
    {
        foreach (var test in _tests)
        {
            if (!test(eni, addressAt))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsTrue(string value) => value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private void Add(string name, IReadOnlyList<string> values, bool exact)
    {
        if (TagTests.Parse(name, values) is { } tagTest)
        {
            _tests.Add((e, _) => tagTest(e.Tags));
            return;
        }

        switch (name)
        {
            case "ip-exact-match":
                break;
            case "address-ip":
                AddIp(values, exact);
                break;
            case "public-address-ip":
                _tests.Add((e, at) => e.Ips.Any(ip => at(e.Id, ip.Ip)?.PublicIp is { } publicIp && values.Contains(publicIp)));
                break;
            case "groups.security-group-id":
                _tests.Add((e, _) => e.SecurityGroups.Any(values.Contains));
                break;
            case "network-interface-name":
                _tests.Add((e, _) => values.Any(v => e.Name.Contains(v, StringComparison.Ordinal)));
                break;
            case "network-interface-description":
                _tests.Add((e, _) => values.Any(v => e.Description.Contains(v, StringComparison.Ordinal)));
                break;
            default:
                var field = Field(name) ?? throw new CloudFault("InvalidParameter.FilterInvalidKey", $"There is no filter `{name}`.");
                var set = values.ToHashSet(name is "is-primary" or "termination-protection" or "traffic-protection" ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
                _tests.Add((e, _) => field(e) is { } value && set.Contains(value));
                Instances = name == "attachment.instance-id" ? [.. values] : Instances;
                break;
        }
    }

    // A single value is matched loosely unless told otherwise (documented as "suffix fuzzy"; read here as "begins with").
    private void AddIp(IReadOnlyList<string> values, bool exact)
    {
        if (values.Count == 1 && !exact)
        {
            var start = values[0];
            _tests.Add((e, _) => e.Ips.Any(ip => ip.Ip.StartsWith(start, StringComparison.Ordinal)));
            return;
        }

        ExactIps = [.. values];
        var set = values.ToHashSet(StringComparer.Ordinal);
        _tests.Add((e, _) => e.Ips.Any(ip => set.Contains(ip.Ip)));
    }

    private static Func<Eni, string?>? Field(string name) => name switch
    {
        "vpc-id" => e => e.VpcId,
        "subnet-id" => e => e.SubnetId,
        "network-interface-id" => e => e.Id,
        "attachment.instance-id" => e => e.InstanceId,
        "is-primary" => e => e.IsPrimary ? "true" : "false",
        "eni-type" => e => e.IsPrimary ? "1" : "0",
        "eni-qos" => _ => "DEFAULT",
        "address-ipv6" => _ => null,
        "address-type" => _ => "IPv4",
        "termination-protection" or "traffic-protection" => _ => "false",
        _ => null,
    };
}
