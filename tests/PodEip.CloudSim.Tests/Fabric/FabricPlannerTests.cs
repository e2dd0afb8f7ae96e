using Microsoft.Extensions.Time.Testing;
using PodEip.CloudSim.Control;
using PodEip.CloudSim.Fabric;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;

namespace PodEip.CloudSim.Tests.Fabric;

public sealed class FabricPlannerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly CloudModel _model;

    public FabricPlannerTests()
    {
        _model = new CloudModel(_clock);
        new CloudSeed { Cvms = [new NewCvm { Id = "ins-node0001", Enis = 1, IpsPerEni = 2 }] }.ApplyTo(_model);
    }

    [Fact]
    public void Every_attached_ENI_is_a_line_with_its_private_IPs()
    {
        var plan = Plan();
        Assert.Equal(["ins-node0001"], plan.Cvms);
        Assert.Equal(["eth0", "eth1"], plan.Legs.Values.Select(leg => leg.HostSide).Order());
        var shared = Assert.Single(plan.Legs.Values, leg => !leg.IsPrimary);
        Assert.Equal(3, shared.Ips.Length);
        Assert.Equal("10.0.0.1", shared.Gateway);
        Assert.All(plan.Legs.Values, leg => Assert.InRange(leg.RouterSide.Length, 1, 15));
    }

    [Fact]
    public void An_address_is_translated_from_the_end_of_its_binding_to_the_end_of_its_unbinding()
    {
        var eni = _model.Enis.First(eni => !eni.IsPrimary);
        var address = _model.AddAddress("eip-aaaaaaaa", "203.0.113.7");
        _model.AssociateAddress(new AssociateAddressCall(address.Id) { EniId = eni.Id, PrivateIp = eni.Ips[1].Ip });
        Assert.Empty(Plan().Mappings);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(new PublicMapping("203.0.113.7", eni.Ips[1].Ip), Assert.Single(Plan().Mappings).Value);
        _model.DisassociateAddress(new DisassociateAddressCall(address.Id));
        Assert.Single(Plan().Mappings);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(Plan().Mappings);
    }

    [Fact]
    public void Routes_are_asked_in_the_order_of_the_clouds_own_look_up()
    {
        var subnet = _model.Subnets[0];
        var nat = _model.CreateNatGateway(subnet.VpcId);
        var ip = nat.Addresses[0].PublicIp;
        Add("0.0.0.0/0", GatewayTypes.Nat, nat.Gateway.Id);
        Add("198.51.100.0/24", GatewayTypes.Nat, nat.Gateway.Id);
        Add("0.0.0.0/0", GatewayTypes.Eip, "0");
        var egress = Assert.Single(Plan().Egress);
        Assert.Equal(subnet.Cidr, egress.Cidr);
        Assert.Equal(
            [
                new EgressRoute("198.51.100.0/24", EgressHop.Gateway, ip),
                new EgressRoute("0.0.0.0/0", EgressHop.PublicIp, null),
                new EgressRoute("0.0.0.0/0", EgressHop.Gateway, ip),
            ],
            egress.Routes);

        void Add(string destination, string type, string id) =>
            _model.CreateRoutes(new CreateRoutesCall(subnet.RouteTableId, [new NewRoute { Destination = destination, GatewayType = type, GatewayId = id }]));
    }

    [Fact]
    public void A_NAT_gateway_that_carries_nothing_leads_nowhere()
    {
        var subnet = _model.Subnets[0];
        _model.CreateNatGateway(subnet.VpcId, id: "nat-aaaaaaaa");
        _model.CreateRoutes(new CreateRoutesCall(subnet.RouteTableId, [new NewRoute { Destination = "0.0.0.0/0", GatewayType = GatewayTypes.Nat, GatewayId = "nat-aaaaaaaa" }]));
        _model.ChangeNatGateway("nat-aaaaaaaa", nat => nat with { NetworkState = "UNAVAILABLE" });
        Assert.Null(Assert.Single(Assert.Single(Plan().Egress).Routes).NatIp);
        Assert.Contains("ip daddr 0.0.0.0/0 counter drop", RouterRules.Text(Plan()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rules_name_what_is_there_and_only_that()
    {
        var eni = _model.Enis.First(eni => !eni.IsPrimary);
        _model.AddAddress("eip-aaaaaaaa", "203.0.113.7");
        _model.ForceBind("eip-aaaaaaaa", eni.Id, eni.Ips[1].Ip);
        var text = RouterRules.Text(Plan());
        Assert.Contains($"elements = {{ 203.0.113.7 : {eni.Ips[1].Ip} }}", text, StringComparison.Ordinal);
        Assert.Contains($"elements = {{ {eni.Ips[1].Ip} : 203.0.113.7 }}", text, StringComparison.Ordinal);
        _model.ForceUnbind("eip-aaaaaaaa");
        Assert.DoesNotContain("203.0.113.7", RouterRules.Text(Plan()), StringComparison.Ordinal);
    }

    private FabricPlan Plan() => FabricPlanner.Plan(_model.TakeSnapshot());
}
