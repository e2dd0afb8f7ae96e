using PodEip.Agent.Masquerade;
using Xunit;

namespace PodEip.Agent.Tests.Masquerade;

public sealed class ConfigReaderTests
{
    private const string Keys = "NonMasqueradeCIDRs, NonMasqueradeSrcCIDRs, MasqLinkLocal, MasqLinkLocalIPv6, ResyncInterval";
    private const string Interval = "want a duration in quotes of 1s to 24h0m0s, such as \"1m0s\"";
    private const string Cidr = "want a range in CIDR notation such as 10.0.0.0/8, or 172.16.0.2/32 for one address";

    [Theory]
    [InlineData("""{"NonMasqueradeCIDRs":["10.0.0.5/8"]}""", "NonMasqueradeCIDRs[0]: \"10.0.0.5/8\" is not aligned to its prefix length: want 10.0.0.0/8")]
    [InlineData("NonMasqueradeSrcCIDRs: [172.16.0.2/32, 172.16.0.9/24]", "NonMasqueradeSrcCIDRs[1]: \"172.16.0.9/24\" is not aligned to its prefix length: want 172.16.0.0/24")]
    [InlineData("""{"NonMasqueradeCIDR":["10.0.0.0/8"]}""", $"\"NonMasqueradeCIDR\" is no key: want {Keys}")]
    [InlineData("masq-link-local: true", $"\"masq-link-local\" is no key: want {Keys}")]
    [InlineData("""{"MasqLinkLocal":"true"}""", "MasqLinkLocal is \"true\": want true or false, without quotes")]
    [InlineData("""{"masqLinkLocal":1}""", "MasqLinkLocal is 1: want true or false, without quotes")]
    [InlineData("masqLinkLocal: yes", "MasqLinkLocal is \"yes\": want true or false, without quotes")]
    [InlineData("masqLinkLocalIPv6: [true]", "MasqLinkLocalIPv6 is a list: want true or false, without quotes")]
    [InlineData("""{"NonMasqueradeCIDRs":"10.0.0.0/8"}""", "NonMasqueradeCIDRs is \"10.0.0.0/8\": want a list of ranges such as [\"10.0.0.0/8\"]")]
    [InlineData("""{"NonMasqueradeCIDRs":{"a":1}}""", "NonMasqueradeCIDRs is an object: want a list of ranges such as [\"10.0.0.0/8\"]")]
    [InlineData("nonMasqueradeCIDRs: {a: {b: [1, {c: d}]}}\nmasqLinkLocal: true", "NonMasqueradeCIDRs is a mapping: want a list of ranges such as [\"10.0.0.0/8\"]")]
    [InlineData("""{"NonMasqueradeCIDRs":[10]}""", "NonMasqueradeCIDRs[0] is 10: want a range in quotes such as \"10.0.0.0/8\"")]
    [InlineData("nonMasqueradeCIDRs: [[10.0.0.0/8]]", "NonMasqueradeCIDRs[0] is a list: want a range in quotes such as \"10.0.0.0/8\"")]
    [InlineData("nonMasqueradeSrcCIDRs: [172.16.0.2]", $"NonMasqueradeSrcCIDRs[0]: \"172.16.0.2\" has no prefix length: {Cidr}")]
    [InlineData("nonMasqueradeCIDRs: [10/8]", $"NonMasqueradeCIDRs[0]: \"10/8\" does not begin with an IP: {Cidr}")]
    [InlineData("nonMasqueradeCIDRs: [010.0.0.0/8]", $"NonMasqueradeCIDRs[0]: \"010.0.0.0/8\" does not begin with an IP: {Cidr}")]
    [InlineData("nonMasqueradeCIDRs: [10.0.0.0/33]", $"NonMasqueradeCIDRs[0]: \"10.0.0.0/33\" has no prefix length of 0 to 32: {Cidr}")]
    [InlineData("nonMasqueradeCIDRs: [10.0.0.0/-1]", $"NonMasqueradeCIDRs[0]: \"10.0.0.0/-1\" has no prefix length of 0 to 32: {Cidr}")]
    [InlineData("nonMasqueradeCIDRs: ['::ffff:10.0.0.0/104']", $"NonMasqueradeCIDRs[0]: \"::ffff:10.0.0.0/104\" does not begin with an IP: {Cidr}")]
    [InlineData("nonMasqueradeCIDRs: ['fd00::/8']", "NonMasqueradeCIDRs[0]: \"fd00::/8\" is IPv6, for which this agent keeps no rules: want IPv4, or start the agent with --enable-ipv6")]
    [InlineData("""{"ResyncInterval":60}""", $"ResyncInterval is 60: {Interval}")]
    [InlineData("""{"ResyncInterval":"a minute"}""", $"ResyncInterval is \"a minute\": {Interval}")]
    [InlineData("resyncInterval: 0s", $"ResyncInterval is \"0s\": {Interval}")]
    [InlineData("resyncInterval: -1m", $"ResyncInterval is \"-1m\": {Interval}")]
    [InlineData("resyncInterval: 25h", $"ResyncInterval is \"25h\": {Interval}")]
    [InlineData("cidrLimit: many", "CidrLimit is \"many\": want a whole number, or leave it out, since there is no limit here")]
    [InlineData("MasqLinkLocal: true\nmasqlinklocal: false", "masqlinklocal is there twice (case does not tell keys apart): want it once")]
    [InlineData("""{"MasqLinkLocal":true,"MasqLinkLocal":true}""", "MasqLinkLocal is there twice (case does not tell keys apart): want it once")]
    [InlineData("just words", "the config is neither JSON nor YAML with keys and values: ")]
    [InlineData("""["10.0.0.0/8"]""", "the config is neither JSON nor YAML with keys and values: ")]
    [InlineData("""{"MasqLinkLocal":true""", "the config is neither JSON nor YAML with keys and values: ")]
    [InlineData("a: b: c", "the config is neither JSON nor YAML with keys and values: ")]
    [InlineData("? [a]\n: b", "the config is neither JSON nor YAML with keys and values: ")]
    [InlineData("masqLinkLocal: true\n---\nmasqLinkLocal: false", "the config is neither JSON nor YAML with keys and values: ")]
    [InlineData("masqLinkLocal: *here", "MasqLinkLocal is an alias: want true or false, without quotes")]
    public void A_bad_config_is_refused_with_the_key_the_value_and_what_is_allowed(string text, string message)
    {
        var read = new ConfigReader(new MasqueradeConfig(), allowIPv6: false).Read(text);
        Assert.False(read.IsValid);
        Assert.StartsWith(message, read.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', read.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n# nothing\n")]
    [InlineData("---\n")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("masqLinkLocal:\nresyncInterval: ~")]
    public void What_is_left_out_has_upstreams_defaults(string text)
    {
        var read = Read(text);
        Assert.Equal(["10.0.0.0-10.255.255.255", "172.16.0.0-172.31.255.255", "192.168.0.0-192.168.255.255"], read.NonMasqueradeCidrs.Select(range => range.ToString()));
        Assert.Empty(read.NonMasqueradeSrcCidrs);
        Assert.Equal((false, false, TimeSpan.FromMinutes(1)), (read.MasqLinkLocal, read.MasqLinkLocalIPv6, read.ResyncInterval));
    }

    [Fact]
    public void The_users_sample_is_read_as_it_stands()
    {
        var read = Read("""{"NonMasqueradeCIDRs":["172.16.0.0/16","10.67.0.0/16"],"NonMasqueradeSrcCIDRs":["172.16.0.2/32"],"MasqLinkLocal":true,"ResyncInterval":"1m0s","MasqLinkLocalIPv6":false}""");
        Assert.Equal(["172.16.0.0-172.16.255.255", "10.67.0.0-10.67.255.255"], read.NonMasqueradeCidrs.Select(range => range.ToString()));
        Assert.Equal(["172.16.0.2"], read.NonMasqueradeSrcCidrs.Select(range => range.ToString()));
        Assert.Equal((true, false, TimeSpan.FromMinutes(1)), (read.MasqLinkLocal, read.MasqLinkLocalIPv6, read.ResyncInterval));
    }

    [Theory]
    [InlineData("{\n\t\"masqlinklocal\":\ttrue\n}")]
    [InlineData("{masqLinkLocal: true}")]
    [InlineData("MASQLINKLOCAL: True")]
    [InlineData("'masqLinkLocal': true # said the operator")]
    public void JSON_and_YAML_in_any_case_are_the_same(string text) => Assert.True(Read(text).MasqLinkLocal);

    [Fact]
    public void IPv6_is_taken_when_it_is_switched_on()
    {
        var read = new ConfigReader(new MasqueradeConfig(), allowIPv6: true).Read("nonMasqueradeCIDRs: ['fd00::/8', '::/0']");
        Assert.Equal(["fd00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], read.Value!.NonMasqueradeCidrs.Select(range => range.ToString()));
    }

    [Fact]
    public void A_very_deep_document_is_refused_and_does_not_end_the_process()
    {
        var deep = new string('[', 400_000);
        Assert.False(new ConfigReader(new MasqueradeConfig(), allowIPv6: false).Read("nonMasqueradeCIDRs: " + deep).IsValid);
        Assert.False(new ConfigReader(new MasqueradeConfig(), allowIPv6: false).Read("{\"nonMasqueradeCIDRs\": " + deep).IsValid);
    }

    private static MasqueradeConfig Read(string text)
    {
        var read = new ConfigReader(new MasqueradeConfig(), allowIPv6: false).Read(text);
        Assert.True(read.IsValid, read.Error);
        return read.Value;
    }
}
