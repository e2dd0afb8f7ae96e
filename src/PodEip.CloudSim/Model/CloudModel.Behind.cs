using PodEip.CloudSim.Model.Storage;

namespace PodEip.CloudSim.Model;

// What happens behind the back of whoever uses the API: others at the console, the cloud itself. No task, no mutex, no quota.
public sealed partial class CloudModel
{
    /// <summary>Adds an UNBIND address, with a chosen id if need be.</summary>
    public ElasticAddress AddAddress(
        string? id = null,
        string? publicIp = null,
        string? name = null,
        IReadOnlyDictionary<string, string>? tags = null,
        string isp = "BGP",
        int bandwidth = 100,
        bool cascadeRelease = false)
    {
        lock (_lock)
        {
            var now = Settle();
            var chosen = ChooseId(id, "eip-", i => _addresses.Find(i) is not null);
            if (publicIp is not null && (Ipv4Range.ToNumber(publicIp) is null || _addresses.HoldsPublicIp(publicIp)))
            {
                throw new CloudFault("InvalidParameterValue.Range", $"publicIp `{publicIp}` is no IPv4 address, or in use.");
            }

            var address = new ElasticAddress
            {
                Id = chosen,
                Status = AddressStatus.Unbind,
                Name = name,
                PublicIp = publicIp ?? _publicIps.Take(_settings.PublicRanges, _addresses.HoldsPublicIp) ?? throw new CloudFault("ResourceInsufficient", "The cloud is out of public IPs."),
                CreatedAt = now,
                Isp = isp,
                ChargeType = _settings.LegacyAccount ? null : "TRAFFIC_POSTPAID_BY_HOUR",
                Bandwidth = _settings.LegacyAccount ? null : bandwidth,
                CascadeRelease = cascadeRelease,
                Tags = tags is null ? ElasticAddress.NoTags : ElasticAddress.NoTags.AddRange(tags),
            };
            _tags.Register(address.Tags);
            _addresses.Set(address, now);
            Version++;
            return address;
        }
    }

    /// <summary>Changes flags, name, bandwidth or tags of an address. Where it is in its life, its id and its IP stay.</summary>
    public ElasticAddress ChangeAddress(string id, Func<ElasticAddress, ElasticAddress> change)
    {
        lock (_lock)
        {
            var now = Settle();
            var old = RequireAddress(id);
            var address = change(old) with
            {
                Id = old.Id, Status = old.Status, PublicIp = old.PublicIp, TaskId = old.TaskId,
                EniId = old.EniId, PrivateIp = old.PrivateIp, InstanceId = old.InstanceId, InstanceType = old.InstanceType,
            };
            _tags.Register(address.Tags);
            _addresses.Set(address, now);
            Version++;
            return address;
        }
    }

    /// <summary>Unbinds an address at once, whatever it is doing.</summary>
    public void ForceUnbind(string id)
    {
        lock (_lock)
        {
            var now = Settle();
            var address = RequireAddress(id);
            EndTask(address.TaskId, good: address.Status == AddressStatus.Unbinding);
            SetUnbound(address, now);
            Version++;
        }
    }

    /// <summary>Binds an address at once to a private IP, taking it from where it was; what was on the IP is unbound.</summary>
    public ElasticAddress ForceBind(string id, string eniId, string privateIp)
    {
        lock (_lock)
        {
            var now = Settle();
            var address = RequireAddress(id);
            var eni = RequireEni(eniId);
            if (eni.FindIp(privateIp) is null)
            {
                throw new CloudFault("InvalidNetworkInterfaceId.NotFound", $"Private IP `{privateIp}` is not on ENI `{eniId}`.");
            }

            if (_addresses.At(eniId, privateIp) is { } there && there.Id != id)
            {
                DropAddressAt(eni, privateIp, now);
            }

            EndTask(address.TaskId, good: false);
            address = Located(Unbound(address) with { Status = AddressStatus.Bind, EniId = eniId, PrivateIp = privateIp });
            _addresses.Set(address, now);
            Version++;
            return address;
        }
    }

    /// <summary>Binds an address at once to something that is no ENI IP, such as a NAT gateway.</summary>
    public ElasticAddress ForceBindInstance(string id, string instanceId, string instanceType)
    {
        lock (_lock)
        {
            var now = Settle();
            var address = RequireAddress(id);
            EndTask(address.TaskId, good: false);
            address = Unbound(address) with { Status = AddressStatus.Bind, InstanceId = instanceId, InstanceType = instanceType };
            _addresses.Set(address, now);
            Version++;
            return address;
        }
    }

    /// <summary>Releases an address at once, whatever it is doing.</summary>
    public void ForceRelease(string id)
    {
        lock (_lock)
        {
            var now = Settle();
            var address = RequireAddress(id);
            EndTask(address.TaskId, good: address.Status == AddressStatus.Offlining);
            _addresses.Remove(address, now);
            Version++;
        }
    }

    /// <summary>Makes or drops a tag of the account, without any resource.</summary>
    public void SetAccountTag(string key, string value, bool exists)
    {
        lock (_lock)
        {
            Settle();
            if (exists)
            {
                _tags.Register([KeyValuePair.Create(key, value)]);
            }
            else
            {
                _tags.Forget(key, value);
            }

            Version++;
        }
    }

    /// <summary>Overwrites today's counts of the daily quotas.</summary>
    public void SetDailyCounts(int purchases, int singleIspPurchases = 0, int ordinaryIps = 0)
    {
        lock (_lock)
        {
            _daily = Today(Settle()) with { Purchases = purchases, SingleIspPurchases = singleIspPurchases, OrdinaryIps = ordinaryIps };
            Version++;
        }
    }

    private ElasticAddress RequireAddress(string id) => _addresses.Find(id) ?? throw new CloudFault("InvalidAddressId.NotFound", $"There is no address `{id}`.");
}
