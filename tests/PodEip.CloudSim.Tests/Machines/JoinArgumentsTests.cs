using System.CommandLine;
using PodEip.CloudSim.Machines;

namespace PodEip.CloudSim.Tests.Machines;

public sealed class JoinArgumentsTests
{
    [Fact]
    public void Nothing_is_joined_unless_asked_for() => Assert.Null(Read("--join-eips 3"));

    [Fact]
    public void Everything_can_be_chosen()
    {
        var join = Read("--join /tmp/config --join-context two --join-taint a=b:NoSchedule --join-eips 3 --join-pods 500 --annotation-prefix eip.example.com/ --default-network none")!;
        Assert.Equal(("/tmp/config", "two"), (join.Kubeconfig, join.Context));
        Assert.Equal(
            new MachineSettings { Prefix = "eip.example.com/", DefaultNetwork = "none", Taint = "a=b:NoSchedule", OfferEips = true, EipsPerNode = 3, PodsPerNode = 500, EniIpsPerNode = 500 },
            join.Settings);
    }

    [Fact]
    public void Without_values_the_defaults_hold()
    {
        var join = Read("--join")!;
        Assert.Null(join.Kubeconfig);
        Assert.Equal(new MachineSettings(), join.Settings);
        Assert.False(Read("--join --join-eips none")!.Settings.OfferEips);
        Assert.Equal(new MachineSettings { OfferEips = true }, Read("--join --join-eips auto")!.Settings);
    }

    [Theory]
    [InlineData("--join --join-taint hollow", "--join-taint", "`hollow`")]
    [InlineData("--join --join-eips many", "--join-eips", "`many`")]
    [InlineData("--join --join-pods 1001", "--join-pods", "`1001`")]
    [InlineData("--join --default-network bridge", "--default-network", "`bridge`")]
    public void Bad_values_are_named(string line, string option, string value)
    {
        var (command, _) = Command();
        var error = Assert.Single(command.Parse(line).Errors).Message;
        Assert.Contains(option, error, StringComparison.Ordinal);
        Assert.Contains(value, error, StringComparison.Ordinal);
    }

    private static MachineJoin? Read(string line)
    {
        var (command, arguments) = Command();
        var parsed = command.Parse(line);
        Assert.Empty(parsed.Errors);
        return arguments.Read(parsed);
    }

    private static (RootCommand Command, JoinArguments Arguments) Command()
    {
        var (command, arguments) = (new RootCommand(), new JoinArguments());
        arguments.AddTo(command);
        return (command, arguments);
    }
}
