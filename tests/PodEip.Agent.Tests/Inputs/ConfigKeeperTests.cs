using PodEip.Agent.Inputs;
using PodEip.Agent.Masquerade;
using Xunit;

namespace PodEip.Agent.Tests.Inputs;

public sealed class ConfigKeeperTests
{
    private readonly Written _source = new();
    private readonly ConfigKeeper _keeper;

    public ConfigKeeperTests() => _keeper = new ConfigKeeper(new ConfigReader(new MasqueradeConfig(), allowIPv6: false), new MasqueradeConfig(), _source);

    [Fact]
    public void The_last_good_config_stays_until_there_is_another()
    {
        Write("masqLinkLocal: true");
        Assert.True(_keeper.Refresh());
        Assert.Equal((true, null), (_keeper.Current.MasqLinkLocal, _keeper.Problem));
        Assert.False(_keeper.Refresh());

        Write("masqLinkLocal: maybe");
        Assert.True(_keeper.Refresh());
        Assert.True(_keeper.Current.MasqLinkLocal);
        Assert.StartsWith("MasqLinkLocal is \"maybe\"", _keeper.Problem, StringComparison.Ordinal);
        Assert.False(_keeper.Refresh());

        Write("resyncInterval: 5s");
        Assert.True(_keeper.Refresh());
        Assert.Equal((false, TimeSpan.FromSeconds(5), null), (_keeper.Current.MasqLinkLocal, _keeper.Current.ResyncInterval, _keeper.Problem));
    }

    [Fact]
    public void Where_there_is_none_the_defaults_hold()
    {
        Write("masqLinkLocal: true");
        _keeper.Refresh();
        Write(null);
        Assert.True(_keeper.Refresh());
        Assert.False(_keeper.Current.MasqLinkLocal);
    }

    [Fact]
    public void What_can_not_be_read_is_told_once_and_then_taken_in()
    {
        Write("masqLinkLocal: true");
        _keeper.Refresh();
        _source.Read = () => throw new IOException("no disk");
        Assert.True(_keeper.Refresh());
        Assert.Equal((true, "no disk"), (_keeper.Current.MasqLinkLocal, _keeper.Problem));
        Assert.False(_keeper.Refresh());
        Write("masqLinkLocal: true");
        Assert.True(_keeper.Refresh());
        Assert.Null(_keeper.Problem);
    }

    private void Write(string? text) => _source.Read = () => new ConfigText(text);

    private sealed class Written : IConfigSource
    {
        public string Name => "a test";

        public TimeSpan? RereadAfter => null;

        public Func<ConfigText> Read { get; set; } = () => new ConfigText(null);

        ConfigText IConfigSource.Read() => Read();
    }
}
