using System.Collections.Immutable;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    /// <summary>All of the cloud as data.</summary>
    public CloudSnapshot TakeSnapshot()
    {
        lock (_lock)
        {
            Settle();
            return new CloudSnapshot
            {
                Settings = _settings,
                Vpcs = [.. _vpcs.Now],
                Subnets = [.. _subnets.Now],
                RouteTables = [.. _tables.Now],
                NatGateways = [.. _nats.Now],
                Cvms = [.. _cvms.Now],
                Enis = [.. _enis.Now],
                Addresses = [.. _addresses.Now],
                Tasks = [.. _taskOrder.Select(id => _tasks[id])],
                Transitions = [.. _transitions.UnorderedItems.Select(t => t.Element).OrderBy(t => t.Order)],
                Purchases = [.. _purchaseOrder],
                Tags = _tags.All.GroupBy(t => t.Key, t => t.Value).ToDictionary(g => g.Key, IReadOnlyList<string> (g) => [.. g], StringComparer.Ordinal),
                Daily = _daily,
                SubnetCursors = _subnetCursors.ToImmutableDictionary(),
                Access = Access.TakeSnapshot(),
                NextId = _ids.Next,
                LastTask = _lastTask,
                Order = _order,
                PublicIpCursor = _publicIps.Cursor,
            };
        }
    }

    /// <summary>A cloud that goes on where a snapshot was taken.</summary>
    public static CloudModel Restore(TimeProvider clock, CloudSnapshot snapshot)
    {
        var model = new CloudModel(clock, snapshot.Settings);
        model.Load(snapshot);
        return model;
    }

    private void Load(CloudSnapshot s)
    {
        lock (_lock)
        {
            var now = Now;
            foreach (var vpc in s.Vpcs)
            {
                _vpcs.Set(vpc.Id, vpc, now);
            }

            foreach (var table in s.RouteTables)
            {
                _tables.Set(table.Id, table, now);
            }

            // A state from before there were route tables.
            foreach (var vpc in s.Vpcs.Where(v => !s.RouteTables.Any(t => t.VpcId == v.Id && t.IsMain)))
            {
                CreateMainTable(vpc, now);
            }

            foreach (var subnet in s.Subnets)
            {
                _subnets.Set(subnet.Id, string.IsNullOrEmpty(subnet.RouteTableId) ? subnet with { RouteTableId = MainTableOf(subnet.VpcId) } : subnet, now);
            }

            foreach (var nat in s.NatGateways)
            {
                _nats.Set(nat.Id, nat, now);
            }

            foreach (var cvm in s.Cvms)
            {
                _cvms.Set(cvm.Id, cvm, now);
            }

            foreach (var eni in s.Enis)
            {
                SetEni(eni, now);
                foreach (var ip in eni.Ips)
                {
                    _eniOfIp[(eni.VpcId, ip.Ip)] = eni.Id;
                }
            }

            foreach (var address in s.Addresses)
            {
                _addresses.Set(address, now);
            }

            foreach (var task in s.Tasks)
            {
                Remember(task);
            }

            foreach (var transition in s.Transitions)
            {
                Schedule(transition);
            }

            foreach (var purchase in s.Purchases)
            {
                KeepAnswer(purchase);
            }

            foreach (var (subnet, cursor) in s.SubnetCursors)
            {
                _subnetCursors[subnet] = cursor;
            }

            _tags.Register(s.Tags.SelectMany(t => t.Value.Select(v => KeyValuePair.Create(t.Key, v))));
            _daily = s.Daily;
            _ids = new IdSource(_settings.Seed, s.NextId);
            _lastTask = s.LastTask;
            _order = s.Order;
            _publicIps.Cursor = s.PublicIpCursor;
            Access.Restore(s.Access, _settings.Seed);
        }
    }
}
