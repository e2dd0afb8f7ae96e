using System.Collections.Frozen;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

/// <summary>The filters of one DescribeAddresses call, checked.</summary>
internal sealed class AddressFilter
{
    private static readonly FrozenDictionary<string, Func<ElasticAddress, string?>> Fields = new Dictionary<string, Func<ElasticAddress, string?>>(StringComparer.Ordinal)
    {
        ["address-id"] = a => a.Id,
        ["address-name"] = a => a.Name,
        ["address-ip"] = a => a.Status == AddressStatus.Creating ? null : a.PublicIp,
        ["address-status"] = a => a.Status.Text(),
        ["instance-id"] = a => a.InstanceId,
        ["private-ip-address"] = a => a.PrivateIp,
        ["network-interface-id"] = a => a.EniId,
        ["is-arrears"] = a => a.IsArrears ? "TRUE" : "FALSE",
        ["instance-type"] = a => a.InstanceType,
        ["address-type"] = a => a.Type,
        ["address-isp"] = a => a.Isp,
        ["dedicated-cluster-id"] = _ => null,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly List<Func<ElasticAddress, bool>> _tests = [];

    public List<string>? Ids { get; private set; }

    public List<string> Eni { get; } = [];

    public string? Name { get; private set; }

    public List<string>? PublicIps { get; private set; }

    public KeyValuePair<string, string>? Tag { get; private set; }

    public string? PrivateIp { get; private set; }

    public static AddressFilter Parse(DescribeAddressesCall call)
    {
        var filter = new AddressFilter();
        var filters = call.Filters ?? [];
        if (filters.Count > 10)
        {
            throw new CloudFault("LimitExceeded.NumberOfFilters", $"{filters.Count} filters were given; at most 10 are allowed.");
        }

        if (call.Ids is { } ids)
        {
            if (ids.Count > 100)
            {
                throw new CloudFault("InvalidParameterValue.LimitExceeded", $"AddressIds holds {ids.Count} ids; at most 100 are allowed.");
            }

            if (filters.Any(f => f.Name == "address-id"))
            {
                throw new CloudFault("InvalidParameter", "AddressIds and the filter `address-id` exclude each other.");
            }

            if (ids.Count > 0)
            {
                filter.Add(new CloudFilter("address-id", ids));
            }
        }

        foreach (var one in filters)
        {
            filter.Add(one);
        }

        if (!filters.Any(f => f.Name == "address-type"))
        {
            filter._tests.Add(a => !a.IsOrdinary);
        }

        return filter;
    }

    public bool Matches(ElasticAddress address)
    {
        foreach (var test in _tests)
        {
            if (!test(address))
            {
                return false;
            }
        }

        return true;
    }

    private void Add(CloudFilter filter)
    {
        if (filter.Values.Count is 0 or > 100)
        {
            throw new CloudFault(
                filter.Values.Count == 0 ? "InvalidParameter.InvalidFilter" : "InvalidParameterValue.LimitExceeded",
                $"Filter `{filter.Name}` has {filter.Values.Count} values; 1 to 100 are allowed.");
        }

        // Documented: these two look at their first value only.
        var values = filter.Name is "address-name" or "private-ip-address" ? [filter.Values[0]] : filter.Values;
        if (TagTests.Parse(filter.Name, values) is { } tagTest)
        {
            _tests.Add(a => tagTest(a.Tags));
            Tag = filter.Name.StartsWith("tag:", StringComparison.Ordinal) && values.Count == 1 ? new(filter.Name[4..], values[0]) : Tag;
            return;
        }

        if (!Fields.TryGetValue(filter.Name, out var field))
        {
            throw new CloudFault("InvalidParameter.InvalidFilter", $"There is no filter `{filter.Name}`.");
        }

        if (filter.Name == "is-arrears")
        {
            values = values.Select(v => v.ToUpperInvariant()).ToList();
        }

        if (filter.Name == "address-id")
        {
            foreach (var id in values)
            {
                ResourceIds.RequireAddress(id);
            }
        }

        Remember(filter.Name, values);
        if (values.Count == 1)
        {
            var value = values[0];
            _tests.Add(a => field(a) == value);
        }
        else
        {
            var set = values.ToHashSet(StringComparer.Ordinal);
            _tests.Add(a => field(a) is { } v && set.Contains(v));
        }
    }

    private void Remember(string name, IReadOnlyList<string> values)
    {
        switch (name)
        {
            case "address-id":
                Ids = [.. values];
                break;
            case "address-name":
                Name = values[0];
                break;
            case "address-ip":
                PublicIps = [.. values];
                break;
            case "private-ip-address":
                PrivateIp = values[0];
                break;
            case "network-interface-id" when values.Count == 1:
                Eni.Add(values[0]);
                break;
        }
    }
}
