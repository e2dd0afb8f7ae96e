using System.Globalization;
using PodEip.Api;
using PodEip.Cloud;
using PodEip.Controller.Addresses;
using PodEip.Controller.Nodes;
using PodEip.Controller.Tests.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Nodes;

/// <summary>From Nodes and CVMs to what is written, under fake time.</summary>
public sealed class CapacityKeeperTests : IDisposable
{
    private static readonly TimeSpan Refresh = new NodeSettings().Refresh;

    private NodeDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Many_Nodes_are_read_in_batches_and_each_is_written_once()
    {
        for (var i = 0; i < 250; i++)
        {
            _desk.Cvm($"ins-{i}", 16);
            _desk.Put($"node-{i}", $"qcloud:///1/ins-{i}");
        }

        _desk.Settle();
        Assert.Equal([100, 100, 50], _desk.Reads<QueuedCall.FindInstances>().Select(call => call.Ids.Count));
        Assert.Equal(3, _desk.Reads<QueuedCall.FindAttached>().Count);
        Assert.Equal(250, _desk.Writes.Count);
        Assert.All(_desk.Nodes.Values, node => Assert.Equal("3", node.Capacity));
        _desk.Run(Refresh * 3, TimeSpan.FromSeconds(30));
        Assert.Equal(250, _desk.Writes.Count);
        Assert.InRange(_desk.Reads<QueuedCall.FindInstances>().Count, 9, 12);
    }

    [Fact]
    public void A_Node_without_an_id_is_found_by_its_internal_IP_and_by_its_id_from_then_on()
    {
        _desk.Cvm("ins-a", 4, ip: "10.0.0.1");
        _desk.Cvm("ins-b", 4, ip: "10.0.0.10");
        _desk.Put("10.0.0.1");
        _desk.Put("by-hand", "k3s://by-hand", ip: "10.0.0.10");
        _desk.Settle();
        Assert.Equal(["1", "1"], [_desk.Shown("10.0.0.1"), _desk.Shown("by-hand")]);
        Assert.Equal(["10.0.0.1", "10.0.0.10"], Assert.Single(_desk.Reads<QueuedCall.FindInstances>()).PrivateIps.Order(StringComparer.Ordinal));
        _desk.Run(Refresh, TimeSpan.FromSeconds(30));
        Assert.Equal(["ins-a", "ins-b"], _desk.Reads<QueuedCall.FindInstances>()[^1].Ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void IPs_go_five_to_a_call()
    {
        for (var i = 1; i <= 12; i++)
        {
            _desk.Cvm($"ins-{i}", 4, ip: $"10.0.0.{i}");
            _desk.Put($"10.0.0.{i}");
        }

        _desk.Settle();
        Assert.Equal([5, 5, 2], _desk.Reads<QueuedCall.FindInstances>().Select(call => call.PrivateIps.Count));
        Assert.All(_desk.Nodes.Values, node => Assert.Equal("1", node.Capacity));
    }

    [Fact]
    public void An_IP_that_two_CVMs_have_tells_nothing()
    {
        _desk.Cvm("ins-a", 4, ip: "10.0.0.1", vpc: "vpc-1");
        _desk.Cvm("ins-b", 48, ip: "10.0.0.1", vpc: "vpc-2");
        _desk.Put("10.0.0.1", shown: "7");
        _desk.Run(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(10));
        Assert.Empty(_desk.Writes);
        Assert.Contains("--vpc-id", Assert.Single(_desk.Events).Note, StringComparison.Ordinal);
    }

    [Theory]
    // What the primary ENI shows, what else there is, and what is left of 4.
    [InlineData(0, 0, 0, "3")]
    [InlineData(1, 0, 0, "3")]
    [InlineData(1, 1, 0, "3")]
    [InlineData(2, 1, 0, "2")]
    [InlineData(1, 0, 1, "2")]
    [InlineData(0, 0, 2, "2")]
    [InlineData(1, 0, 3, "0")]
    public void Ordinary_public_IPs_and_strangers_addresses_count_as_outside(int publicIps, int onPrimary, int elsewhere, string left)
    {
        _desk.Cvm("ins-a", 16, publicIps: [.. Enumerable.Range(0, publicIps).Select(i => $"203.0.113.{i}")]);
        _desk.Eni("ins-a", isPrimary: true, [.. Enumerable.Range(0, onPrimary).Select(i => $"eip-p{i}")]);
        _desk.Eni("ins-a", isPrimary: false, [.. Enumerable.Range(0, elsewhere).Select(i => $"eip-s{i}")]);
        _desk.Put("node", "qcloud:///1/ins-a");
        _desk.Settle();
        Assert.Equal(left, _desk.Shown("node"));
    }

    [Fact]
    public void ENIs_come_in_pages()
    {
        _desk.PageSize = 2;
        _desk.Cvm("ins-a", 48);
        for (var i = 0; i < 5; i++)
        {
            _desk.Eni("ins-a", isPrimary: false, $"eip-{i}");
        }

        _desk.Put("node", "qcloud:///1/ins-a");
        _desk.Settle();
        Assert.Equal([0, 2, 4], _desk.Reads<QueuedCall.FindAttached>().Select(call => call.Offset));
        Assert.Equal("5", _desk.Shown("node"));
    }

    [Fact]
    public void A_claims_address_is_not_outside_and_where_it_is_by_now_the_book_knows()
    {
        _desk.Desk.Cloud["eip-1"] = Sample.Own("eip-1");
        _desk.Cvm("ins-a", 16);
        _desk.Put("node", "qcloud:///1/ins-a");
        _desk.Desk.Bind(Sample.Web0, Sample.HereIp, "eip-1");
        _desk.Eni("ins-a", isPrimary: false, "eip-1", "eip-2", "eip-3");
        _desk.Run(Refresh, TimeSpan.FromSeconds(30));
        Assert.Equal("2", _desk.Shown("node"));

        // Unbound and released between two reads of the machine: it takes no place, although the last read showed it there.
        _desk.Desk.Cluster.RemovePod(_desk.Desk.Cluster.Pod(Sample.Web0)!);
        _desk.Desk.Settle();
        for (var i = 0; i < 100 && _desk.Desk.Cloud.ContainsKey("eip-1"); i++)
        {
            if (_desk.Desk.Writes.Count > 0)
            {
                _desk.Desk.AnswerFirst();
            }

            _desk.Run(TimeSpan.FromSeconds(1));
        }

        Assert.DoesNotContain("eip-1", _desk.Desk.Cloud.Keys);
        Assert.Equal("2", _desk.Shown("node"));
    }

    [Fact]
    public void Never_below_what_living_Pods_ask_for()
    {
        _desk.Cvm("ins-a", 16);
        _desk.Put("node", "qcloud:///1/ins-a");
        _desk.Pod("a", "node");
        _desk.Pod("b", "node", slots: 2);
        _desk.Pod("elsewhere", "other");
        _desk.Pod("unscheduled", null);
        _desk.Settle();
        Assert.Equal("3", _desk.Shown("node"));
        _desk.Eni("ins-a", isPrimary: false, "eip-1", "eip-2", "eip-3");
        _desk.Run(Refresh, TimeSpan.FromSeconds(30));
        Assert.Equal("3", _desk.Shown("node"));
        _desk.Pod("b", "node", slots: 2, hasEnded: true);
        _desk.Settle();
        Assert.Equal("1", _desk.Shown("node"));
        _desk.EndPod("a", uid: "of another");
        _desk.Settle();
        Assert.Equal("1", _desk.Shown("node"));
        _desk.Interfaces.Clear();
        _desk.Run(Refresh, TimeSpan.FromSeconds(30));
        Assert.Equal("3", _desk.Shown("node"));
    }

    [Fact]
    public void A_write_that_the_watch_does_not_show_yet_is_not_made_twice()
    {
        _desk.WatchLags = true;
        _desk.Cvm("ins-a", 16);
        _desk.Put("node", "qcloud:///1/ins-a");
        _desk.Settle();
        _desk.Pod("a", "node");
        _desk.Settle();
        Assert.Equal(["node=3"], _desk.Writes);
    }

    [Fact]
    public void A_reset_is_repaired_and_a_Node_registered_anew_is_written_again()
    {
        _desk.Cvm("ins-a", 16);
        _desk.Put("node", "qcloud:///1/ins-a");
        _desk.Settle();
        _desk.Overwrite("node", "0");
        _desk.Settle();
        _desk.Desk.Core.OnNodeGone("node", "uid-1");
        _desk.Put("node", "qcloud:///1/ins-a", uid: "uid-2");
        _desk.Settle();
        Assert.Equal(["node=3", "node=3", "node=3"], _desk.Writes);
        Assert.Empty(_desk.Events);
    }

    [Fact]
    public void A_device_plugin_gets_few_writes_in_a_day_and_is_told_of()
    {
        _desk.Cvm("ins-a", 16);
        _desk.Put("node", "qcloud:///1/ins-a", shown: "7");
        _desk.Settle();
        for (var i = 0; i < 24 * 360; i++)
        {
            if (_desk.Shown("node") != "7")
            {
                _desk.Overwrite("node", "7");
            }

            _desk.Run(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        }

        Assert.InRange(_desk.Writes.Count, 3, 12);
        Assert.All(_desk.Events, told => Assert.Equal(EventReasons.EIPCapacityContested, told.Reason));
        Assert.Contains("7 where 3 was to be published", _desk.Events[0].Note, StringComparison.Ordinal);
        Assert.Equal(1, _desk.Desk.Core.NodesByState()["Contested"]);
    }

    [Fact]
    public void A_machine_that_is_not_there_counts_only_after_a_while_and_only_beside_one_that_is()
    {
        _desk.Put("node-a", "qcloud:///1/ins-a", shown: "7");
        _desk.Run(TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(10));
        Assert.Empty(_desk.Writes);
        Assert.Contains("--region", Assert.Single(_desk.Events).Note, StringComparison.Ordinal);

        _desk.Cvm("ins-b", 16);
        _desk.Put("node-b", "qcloud:///1/ins-b");
        _desk.Settle();
        _desk.Run(Refresh + TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10));
        Assert.Null(_desk.Shown("node-a"));

        _desk.Put("node-c", "qcloud:///1/ins-c", shown: "7");
        _desk.Run(TimeSpan.FromSeconds(15));
        Assert.Equal("7", _desk.Shown("node-c"));
        _desk.Run(TimeSpan.FromSeconds(15));
        Assert.Null(_desk.Shown("node-c"));
        Assert.Contains("ins-c", _desk.Events[^1].Note, StringComparison.Ordinal);
        Assert.Equal(2, _desk.Desk.Core.NodesByState()["NotOurs"]);
    }

    [Fact]
    public void A_CVM_of_another_VPC_is_not_ours()
    {
        _desk.Dispose();
        _desk = new NodeDesk(new NodeSettings { VpcId = "vpc-1" });
        _desk.Cvm("ins-a", 16, vpc: "vpc-2");
        _desk.Put("node", "qcloud:///1/ins-a", shown: "7");
        _desk.Settle();
        Assert.Equal(["node=none"], _desk.Writes);
        Assert.Contains("vpc-2", Assert.Single(_desk.Events).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_permission_that_is_missing_is_told_once_waited_out_and_heals()
    {
        _desk.Cvm("ins-a", 16);
        _desk.Cvm("ins-b", 16);
        _desk.Put("node-a", "qcloud:///1/ins-a");
        _desk.Put("node-b", "qcloud:///1/ins-b", shown: "7");
        _desk.Trouble = call => call is QueuedCall.FindInstances ? Sample.Error(CloudErrorClass.Permission, "UnauthorizedOperation", "DescribeInstances") : null;
        _desk.Run(TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(10));
        Assert.Empty(_desk.Writes);
        Assert.Equal(["node-a", "node-b"], _desk.Events.Select(told => told.Node).Order(StringComparer.Ordinal));
        Assert.All(_desk.Events, told => Assert.Contains("DescribeInstances: UnauthorizedOperation", told.Note, StringComparison.Ordinal));
        Assert.InRange(_desk.Reads<QueuedCall.FindInstances>().Count, 9, 11);
        Assert.Equal(2, _desk.Desk.Core.NodesByState()["Unknown"]);
        _desk.Trouble = _ => null;
        _desk.Run(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        Assert.Equal(["3", "3"], [_desk.Shown("node-a"), _desk.Shown("node-b")]);
    }

    [Fact]
    public void A_permission_that_is_lost_later_takes_nothing_away()
    {
        _desk.Cvm("ins-a", 16);
        _desk.Put("node", "qcloud:///1/ins-a");
        _desk.Settle();
        _desk.Trouble = _ => Sample.Error(CloudErrorClass.Permission, "UnauthorizedOperation", "DescribeInstances");
        _desk.Run(TimeSpan.FromHours(1), TimeSpan.FromSeconds(30));
        _desk.Overwrite("node", "0");
        _desk.Settle();
        Assert.Equal("3", _desk.Shown("node"));
        Assert.Empty(_desk.Events);
    }

    [Fact]
    public void An_id_that_spoils_its_call_is_read_alone()
    {
        for (var i = 0; i < 20; i++)
        {
            _desk.Cvm($"ins-{i}", 16);
            _desk.Put($"node-{i}", $"qcloud:///1/ins-{i}");
        }

        _desk.Trouble = call => call is QueuedCall.FindInstances find && find.Ids.Contains("ins-13") ? Sample.Error(CloudErrorClass.Request, "InvalidInstanceId.Malformed", "DescribeInstances") : null;
        _desk.Settle();
        Assert.All(_desk.Nodes.Values.Where(node => node.Name != "node-13"), node => Assert.Equal("3", node.Capacity));
        Assert.Null(_desk.Shown("node-13"));
        Assert.Equal(("node-13", EventReasons.EIPCapacityUnknown), (Assert.Single(_desk.Events).Node, _desk.Events[0].Reason));
        Assert.InRange(_desk.Reads<QueuedCall.FindInstances>().Count, 2, 12);

        // From then on it is alone from the start.
        var before = _desk.Reads<QueuedCall.FindInstances>().Count;
        _desk.Run(Refresh, TimeSpan.FromSeconds(10));
        Assert.Equal(2, _desk.Reads<QueuedCall.FindInstances>().Count - before);
    }

    [Fact]
    public void A_bind_that_the_machine_has_no_place_for_has_it_read_before_its_time()
    {
        _desk.Desk.Cloud["eip-1"] = Sample.Own("eip-1");
        _desk.Cvm("ins-a", 16);
        _desk.Put("node-a", "qcloud:///1/ins-a");
        _desk.Desk.Pod(Sample.Web0, Sample.HereIp, node: "node-a");
        _desk.Settle();
        _desk.Run(TimeSpan.FromMinutes(1));
        _desk.Eni("ins-a", isPrimary: false, "eip-x", "eip-y", "eip-z", "eip-w");
        Assert.Single(_desk.Reads<QueuedCall.FindInstances>());
        _desk.Desk.Answer<QueuedCall.Associate>(Sample.Error(CloudErrorClass.Quota, "LimitExceeded.InstanceAddressQuota"));
        _desk.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _desk.Reads<QueuedCall.FindInstances>().Count);
        Assert.Equal("0", _desk.Shown("node-a"));
    }

    [Fact]
    public void The_operators_table_counts()
    {
        _desk.Dispose();
        _desk = new NodeDesk(new NodeSettings { Limits = MachineLimits.Parse("S5.*=8").Value! });
        _desk.Cvm("ins-a", 4);
        _desk.Put("node", "qcloud:///1/ins-a");
        _desk.Settle();
        Assert.Equal(7.ToString(CultureInfo.InvariantCulture), _desk.Shown("node"));
    }
}
