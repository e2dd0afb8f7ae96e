using Microsoft.Extensions.Time.Testing;
using PodEip.CloudSim.Control;
using PodEip.CloudSim.Fabric;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Tests.Fabric;

public sealed class FabricApplierTests
{
    private readonly Recorder _tools = new();
    private readonly CloudModel _model = new(new FakeTimeProvider());
    private readonly FabricApplier _applier;

    public FabricApplierTests()
    {
        new CloudSeed { Cvms = [new NewCvm { Id = "ins-node0001", Enis = 1, IpsPerEni = 2 }] }.ApplyTo(_model);
        _applier = new(new FabricOptions { Prefix = "nowhere-" }, _tools);
    }

    [Fact]
    public async Task A_second_look_at_the_same_state_changes_no_interface()
    {
        await ApplyAsync();
        Assert.Contains(_tools.Said, said => said.Contains("link add eni-", StringComparison.Ordinal));
        _tools.Said.Clear();
        await ApplyAsync();
        Assert.Equal(["ip netns exec nowhere-vpc nft -f -"], _tools.Said.Select(said => said.Split('\n')[0]));
    }

    [Fact]
    public async Task What_came_and_went_is_changed_alone()
    {
        await ApplyAsync();
        var eni = _model.Enis.First(eni => !eni.IsPrimary);
        _model.ReturnPrivateIps(eni.Id, [eni.Ips[1].Ip]);
        _model.AssignPrivateIps(eni.Id, ips: ["10.0.99.9"]);
        _tools.Said.Clear();
        await ApplyAsync();
        Assert.Contains(_tools.Said, said => said.Contains("route replace 10.0.99.9", StringComparison.Ordinal));
        Assert.Contains(_tools.Said, said => said.Contains($"route del {eni.Ips[1].Ip} ", StringComparison.Ordinal));
        Assert.DoesNotContain(_tools.Said, said => said.Contains("link ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unbound_address_takes_its_connections_along()
    {
        var eni = _model.Enis.First(eni => !eni.IsPrimary);
        _model.AddAddress("eip-aaaaaaaa", "203.0.113.7");
        _model.ForceBind("eip-aaaaaaaa", eni.Id, eni.Ips[1].Ip);
        await ApplyAsync();
        _model.ForceUnbind("eip-aaaaaaaa");
        _tools.Said.Clear();
        await ApplyAsync();
        Assert.Equal(2, _tools.Said.Count(said => said.Contains("conntrack", StringComparison.Ordinal) && said.EndsWith("203.0.113.7", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_terminated_CVM_takes_its_namespace_along_and_what_is_left_goes_at_the_end()
    {
        await ApplyAsync();
        _model.TerminateCvm("ins-node0001");
        _tools.Said.Clear();
        await ApplyAsync();
        Assert.Contains("ip netns del nowhere-ins-node0001", _tools.Said);
        _tools.Said.Clear();
        await _applier.DeleteAsync();
        Assert.Empty(_tools.Said);
    }

    private Task ApplyAsync() => _applier.ApplyAsync(FabricPlanner.Plan(_model.TakeSnapshot()), TestContext.Current.CancellationToken);

    private sealed class Recorder : INetworkTools
    {
        public List<string> Said { get; } = [];

        public Task RunAsync(string program, IReadOnlyList<string> arguments, string? input, CancellationToken cancellation)
        {
            Said.Add(string.Join(' ', [program, .. arguments]) + (input is null ? "" : "\n" + input));
            return Task.CompletedTask;
        }
    }
}
