using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    /// <summary>DescribeAddresses. Ids that do not exist are left out; ordinary public IPs only with filter <c>address-type</c> = <c>WanIP</c>.</summary>
    public DescribeAddressesAnswer DescribeAddresses(DescribeAddressesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var page = Paging.Check(call, "InvalidParameter");
            var filter = AddressFilter.Parse(call);
            var rows = AsOf(now, context ?? CallContext.Plain) is { } past ? _addresses.AsOf(past) : Candidates(filter);
            var total = 0;
            var found = new List<ElasticAddress>();
            foreach (var address in rows)
            {
                if (filter.Matches(address) && page.Takes(total++))
                {
                    found.Add(Shown(address));
                }
            }

            return new DescribeAddressesAnswer(total, found);
        }
    }

    private static ElasticAddress Shown(ElasticAddress address) => address.Status == AddressStatus.Creating ? address with { PublicIp = null } : address;

    /// <summary>A superset of the matches in order of creation: by the narrowest index, else all.</summary>
    private IEnumerable<ElasticAddress> Candidates(AddressFilter filter)
    {
        var ids = filter.Ids
            ?? filter.Eni.Select(e => _addresses.OnEni(e)).FirstOrDefault()
            ?? (filter.Name is { } name ? _addresses.Named(name) : null)
            ?? (filter.PublicIps is { } ips ? ips.Select(ip => _addresses.ByPublicIp(ip)?.Id).OfType<string>().ToList() : null)
            ?? (filter.Tag is { } tag ? _addresses.Tagged(tag.Key, tag.Value) : null)
            ?? (filter.PrivateIp is { } privateIp ? AtPrivateIp(privateIp) : null);
        return ids is null || ids.Count > _addresses.Count / 4
            ? _addresses.Now
            : ids.Distinct(StringComparer.Ordinal).Where(id => _addresses.Find(id) is not null).OrderBy(_addresses.Order).Select(id => _addresses.Find(id)!);
    }

    private List<string> AtPrivateIp(string ip) =>
        _vpcs.Now.Select(v => _eniOfIp.TryGetValue((v.Id, ip), out var eni) ? _addresses.At(eni, ip)?.Id : null).OfType<string>().ToList();
}
