using Microsoft.Extensions.Time.Testing;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Tests;

/// <summary>A model on fake time with one VPC, one subnet, one 8-core CVM with one secondary ENI and eight private IPs.</summary>
internal sealed class TestCloud
{
    public TestCloud(CloudSettings? settings = null, int cpu = 8)
    {
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 4, 0, 0, TimeSpan.Zero));
        Model = new CloudModel(Clock, settings);
        Model.CreateVpc("10.0.0.0/16", "vpc-1");
        Model.CreateSubnet("vpc-1", "10.0.0.0/20", "ap-guangzhou-6", "subnet-1");
        Model.CreateCvm("subnet-1", cpu, "ins-1");
        Eni = Model.CreateEni("subnet-1", "ins-1", "eni-1").Id;
        Ips = Model.AssignPrivateIps(Eni, 8);
    }

    /// <summary>Nothing takes time.</summary>
    public static CloudSettings Instant { get; } = new()
    {
        CreatingTime = TimeSpan.Zero,
        BindingTime = TimeSpan.Zero,
        UnbindingTime = TimeSpan.Zero,
        OffliningTime = TimeSpan.Zero,
        ModifyingTime = TimeSpan.Zero,
        PrivateIpTime = TimeSpan.Zero,
        PrivateIpReturnTime = TimeSpan.Zero,
        EniTime = TimeSpan.Zero,
    };

    public FakeTimeProvider Clock { get; }

    public CloudModel Model { get; }

    public string Eni { get; }

    public IReadOnlyList<string> Ips { get; }

    public void Wait(double seconds = 5) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Buys one address and waits until it is UNBIND.</summary>
    public string Buy(Func<AllocateAddressesCall, AllocateAddressesCall>? with = null) => BuyMany(1, with)[0];

    public IReadOnlyList<string> BuyMany(int count, Func<AllocateAddressesCall, AllocateAddressesCall>? with = null)
    {
        var call = new AllocateAddressesCall { Count = count };
        var ids = Model.AllocateAddresses(with?.Invoke(call) ?? call).AddressIds;
        Wait();
        return ids;
    }

    /// <summary>Buys one address and binds it to a private IP of the secondary ENI.</summary>
    public string BuyBound(int ip = 0)
    {
        var id = Buy();
        Bind(id, ip);
        Wait();
        return id;
    }

    public TaskAnswer Bind(string id, int ip = 0) => Model.AssociateAddress(new AssociateAddressCall(id, Eni, Ips[ip]));

    public TaskAnswer Unbind(string id) => Model.DisassociateAddress(new DisassociateAddressCall(id));

    public TaskAnswer Release(params string[] ids) => Model.ReleaseAddresses(new ReleaseAddressesCall(ids));

    public AddressStatus? StatusOf(string id) => Model.FindAddress(id)?.Status;

    public CloudTaskResult ResultOf(TaskAnswer task) => Model.DescribeTaskResult(new DescribeTaskResultCall(task.TaskId)).Result;

    public DescribeAddressesAnswer List(params CloudFilter[] filters) => Model.DescribeAddresses(new DescribeAddressesCall { Filters = filters, Limit = 100 });

    /// <summary>The code of the refusal.</summary>
    public static string CodeOf(Action call) => Assert.Throws<CloudFault>(call).Code;
}
