using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    /// <summary>DescribeNetworkInterfaces. Ids exclude filters.</summary>
    public DescribeNetworkInterfacesAnswer DescribeNetworkInterfaces(DescribeNetworkInterfacesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var page = Paging.Check(call, "InvalidParameterValue.Range");
            var filter = EniFilter.Parse(call);
            var past = AsOf(now, context ?? CallContext.Plain);
            var bound = past is { } moment ? AddressesByTarget(moment) : null;
            ElasticAddress? AddressAt(string eni, string ip) => bound is null ? _addresses.At(eni, ip) : bound.GetValueOrDefault((eni, ip));
            if (_settings.MissingEnisRefused && filter.Ids?.FirstOrDefault(id => _enis.Find(id) is null) is { } missing)
            {
                throw new CloudFault("ResourceNotFound", $"There is no ENI `{missing}`.");
            }

            var total = 0;
            var found = new List<EniView>();
            foreach (var eni in past is { } at ? _enis.AsOf(at) : Candidates(filter))
            {
                if (filter.Matches(eni, AddressAt) && page.Takes(total++))
                {
                    found.Add(new EniView(eni, [.. eni.Ips.Select(ip => new EniIpView(ip, AddressAt(eni.Id, ip.Ip)))]));
                }
            }

            return new DescribeNetworkInterfacesAnswer(total, found);
        }
    }

    private Dictionary<(string Eni, string Ip), ElasticAddress> AddressesByTarget(DateTimeOffset at)
    {
        var bound = new Dictionary<(string, string), ElasticAddress>();
        foreach (var address in _addresses.AsOf(at))
        {
            if (address is { EniId: { } eni, PrivateIp: { } ip })
            {
                bound[(eni, ip)] = address;
            }
        }

        return bound;
    }

    private IEnumerable<Eni> Candidates(EniFilter filter)
    {
        var ids = filter.Ids
            ?? (filter.Instances is { } cvms ? cvms.SelectMany(c => _enisOfCvm[c]).ToList() : null)
            ?? (filter.ExactIps is { } ips ? ips.SelectMany(ip => _vpcs.Now.Select(v => _eniOfIp.GetValueOrDefault((v.Id, ip)))).OfType<string>().ToList() : null);
        return ids is null
            ? _enis.Now
            : ids.Distinct(StringComparer.Ordinal).Where(id => _enis.Find(id) is not null).OrderBy(_enis.Order).Select(id => _enis.Find(id)!);
    }
}
