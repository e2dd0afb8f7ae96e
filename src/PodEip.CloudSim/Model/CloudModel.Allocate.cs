using System.Collections.Immutable;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    /// <summary>AllocateAddresses: buys addresses; they are CREATING when this returns.</summary>
    public AllocateAddressesAnswer AllocateAddresses(AllocateAddressesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            if (FindAnswer(call, now) is { } remembered)
            {
                return remembered;
            }

            var order = PurchaseOrder.Check(call, _settings);
            var tags = CheckPurchaseTags(call.Tags);
            RequireQuota(now, order.IsSingleIsp, order.Count);
            var publicIps = TakePublicIps(call.PublicIps, order.Count);
            _tags.Register(tags);
            UseQuota(now, order.IsSingleIsp, order.Count);
            var ids = Enumerable.Range(0, order.Count).Select(_ => NewAddressId()).ToImmutableArray();
            var task = StartTask("AllocateAddresses", now, ids);
            for (var i = 0; i < order.Count; i++)
            {
                _addresses.Set(
                    order.Template with
                    {
                        Id = ids[i],
                        Name = order.Template.Name is { } name && _settings.NameIndex && order.Count > 1 ? $"{name}_{Text(i + 1)}" : order.Template.Name,
                        PublicIp = publicIps[i],
                        CreatedAt = now,
                        Tags = _settings.TagDelay > TimeSpan.Zero ? ElasticAddress.NoTags : tags,
                        TaskId = task,
                    },
                    now);
            }

            Schedule(After(now, _settings.CreatingTime, TransitionKind.AddressesCreated, ids) with { TaskId = task, Fails = context?.FailTask ?? false });
            if (_settings.TagDelay > TimeSpan.Zero && !tags.IsEmpty)
            {
                Schedule(After(now, _settings.TagDelay, TransitionKind.TagsAppear, ids) with { Tags = tags });
            }

            var answer = new AllocateAddressesAnswer(ids, task);
            KeepAnswer(call, answer, now);
            return answer;
        }
    }

    private string NewAddressId()
    {
        string id;
        do
        {
            id = _ids.Make("eip-");
        }
        while (_addresses.Find(id) is not null);

        return id;
    }

    private List<string> TakePublicIps(IReadOnlyList<string> wanted, int count)
    {
        var taken = new List<string>(count);
        foreach (var ip in wanted.Take(count))
        {
            if (Storage.Ipv4Range.ToNumber(ip) is null || _addresses.HoldsPublicIp(ip))
            {
                throw new CloudFault("InvalidParameterValue.Range", $"The public IP `{ip}` cannot be asked for.");
            }

            taken.Add(ip);
        }

        while (taken.Count < count)
        {
            taken.Add(_publicIps.Take(_settings.PublicRanges, ip => _addresses.HoldsPublicIp(ip) || taken.Contains(ip))
                ?? throw new CloudFault("ResourceInsufficient", "The cloud is out of public IPs."));
        }

        return taken;
    }
}
