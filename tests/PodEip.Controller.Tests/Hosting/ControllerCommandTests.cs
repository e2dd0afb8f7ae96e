using PodEip.Api.Demands;
using PodEip.Claims.Planning;
using PodEip.Controller.Hosting;
using PodEip.Hosting;
using Xunit;

namespace PodEip.Controller.Tests.Hosting;

public sealed class ControllerCommandTests
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private string? _podNamespace;
    private string _output = "";
    private string _error = "";

    private async Task<(int Code, ControllerOptions? Options)> InvokeAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        ControllerOptions? options = null;
        var surroundings = new Surroundings { Variable = name => _variables.GetValueOrDefault(name), PodNamespace = () => _podNamespace };
        var code = await ControllerCommand.InvokeAsync(args, surroundings, output, error, o =>
        {
            options = o;
            return Task.FromResult(0);
        });
        (_output, _error) = (output.ToString(), error.ToString());
        return (code, options);
    }

    private Task<(int Code, ControllerOptions? Options)> WithAsync(params string[] args) => InvokeAsync(["--cluster-id", "cls-1", "--region", "ap-guangzhou", .. args]);

    [Fact]
    public async Task Defaults_are_the_documents()
    {
        var (code, o) = await WithAsync();
        Assert.Equal("", _error);
        Assert.Equal(0, code);
        Assert.NotNull(o);
        Assert.Equal(("cls-1", "ap-guangzhou", "podeip-system", "podeip-system"), (o.ClusterId, o.Region, o.Namespace, o.LeaderElectNamespace));
        Assert.Equal("tke.cloud.tencent.com/", o.Names.Prefix);
        Assert.Equal((DefaultNetwork.RouteEni, UnbindMoment.OnExit, (TimeSpan?)null), (o.Demands.DefaultNetwork, o.Unbind, o.ClaimExpiredDuration));
        Assert.True(o.LeaderElect);
        Assert.Equal((0.985, 1.0), (o.RateShare, o.RateMultiplier));
        Assert.Equal("127.0.0.1:8080", o.Listen.ToString());
        Assert.Equal((15, 10, 2, 10), (o.LeaseDuration.Seconds, o.RenewDeadline.Seconds, o.RetryPeriod.Seconds, o.CallTimeout.Seconds));
        Assert.False(o.EnableOwnerRef || o.InstallCrd || o.AllowBesideTke || o.JsonLogs || o.InternalEndpoints);
    }

    [Fact]
    public async Task In_a_Pod_its_namespace_and_every_interface_are_the_defaults()
    {
        _podNamespace = "eip";
        var (_, o) = await WithAsync();
        Assert.Equal(("eip", "eip", "[::]:8080"), (o!.Namespace, o.LeaderElectNamespace, o.Listen.ToString()));
    }

    [Fact]
    public async Task The_environment_gives_values_and_a_flag_beats_it()
    {
        _variables["PODEIP_CLUSTER_ID"] = "cls-env";
        _variables["PODEIP_REGION"] = "ap-shanghai";
        _variables["PODEIP_ENABLE_OWNERREF"] = "true";
        _variables["PODEIP_LEADER_ELECT"] = "false";
        _variables["PODEIP_WORKERS"] = "";
        var (code, o) = await InvokeAsync("--region=ap-beijing");
        Assert.Equal((0, ""), (code, _error));
        Assert.Equal(("cls-env", "ap-beijing", true, false, 16), (o!.ClusterId, o.Region, o.EnableOwnerRef, o.LeaderElect, o.Workers));
    }

    [Theory]
    [InlineData("--enable-ownerref")]
    [InlineData("--enable-ownerref=true")]
    [InlineData("--enable-ownerref", "true")]
    public async Task A_switch_may_stand_alone(params string[] args)
    {
        var (_, o) = await WithAsync(args);
        Assert.True(o?.EnableOwnerRef, _error);
    }

    [Fact]
    public async Task Every_value_reaches_its_place()
    {
        var (code, o) = await WithAsync(
            "--kubeconfig", "/k", "--context", "c", "--vpc-id", "vpc-1a", "--cloud-endpoint", "http://127.0.0.1:9000", "--metadata-endpoint", "http://127.0.0.1:9001",
            "--role-name", "r", "--assume-role-arn", "qcs::cam::uin/1:roleName/x", "--annotation-prefix", "eip.example.com/", "--default-network", "none", "--unbind", "OnDelete",
            "--claim-expired-duration", "1h30m", "--legacy-account", "--allow-prepaid", "--leader-elect=false", "--leader-elect-namespace", "le", "--lease-duration", "40s", "--renew-deadline", "30s",
            "--retry-period", "3s", "--namespace", "ns", "--listen", ":0", "--workers", "3", "--rate-share", "0.5", "--rate-multiplier", "2", "--surplus-grace", "0s", "--permission-retry", "1m",
            "--drift", "Report", "--given", "TaggedOnly", "--resync", "1m", "--call-timeout", "20s", "--log-format", "json", "--log-level", "debug", "--install-crd", "--allow-beside-tke", "--startup-timeout", "5s",
            "--node-capacity=false", "--node-refresh", "30s", "--public-ip-limits", "1=9", "--machine-limits", "S5.LARGE8=3");
        Assert.Equal((0, ""), (code, _error));
        Assert.Equal(("/k", "c", "vpc-1a", "ns", "le"), (o!.Kubeconfig, o.Context, o.VpcId, o.Namespace, o.LeaderElectNamespace));
        Assert.Equal((UnbindMoment.OnDelete, TimeSpan.FromMinutes(90), DefaultNetwork.None), (o.Unbind, o.ClaimExpiredDuration, o.Demands.DefaultNetwork));
        Assert.Equal((DriftPolicy.Report, GivenPolicy.TaggedOnly), (o.Planner.Drift, o.Planner.Given));
        Assert.True(o is { Demands: { LegacyAccount: true, AllowPrepaid: true }, LeaderElect: false, JsonLogs: true, InstallCrd: true, AllowBesideTke: true, Workers: 3, RateShare: 0.5, RateMultiplier: 2 });
        Assert.Equal((false, TimeSpan.FromSeconds(30), 3, 9), (o.NodeCapacity, o.NodeRefresh, o.MachineLimits.Of("S5.LARGE8", 4), o.MachineLimits.Of("S6.LARGE8", 4)));
        var cloud = o.Cloud;
        cloud.Validate();
        Assert.Equal(("ap-guangzhou", "http://127.0.0.1:9000/", "http://127.0.0.1:9001/", "r", TimeSpan.FromSeconds(20)), (cloud.Region, cloud.Endpoint!.ToString(), cloud.Credentials.MetadataEndpoint.ToString(), cloud.Credentials.InstanceRoleName, cloud.CallTimeout));
        Assert.Equal(("le", "podeip-controller-cls-1", 40), (o.Election("me").Namespace, o.Election("me").Name, o.Election("me").LeaseDuration.Seconds));
    }

    [Fact]
    public async Task The_webhook_is_off_until_it_is_asked_for_and_takes_the_controllers_place_and_annotations()
    {
        Assert.Null((await WithAsync("--webhook-port", "1234")).Options!.Webhook);
        var webhook = (await WithAsync("--webhook", "--inject", "--listen", ":8080", "--namespace", "ns", "--annotation-prefix", "eip.example.com/", "--webhook-certificate-dir", "/certs")).Options!.Webhook!;
        Assert.Equal(("[::]:9443", "ns", true, "/certs", "eip.example.com/"), (webhook.Listen.ToString(), webhook.Namespace, webhook.Inject, webhook.CertificateFolder, webhook.Demands.Names.Prefix));
        Assert.Equal("podeip-webhook.ns.svc", webhook.DnsNames[0]);
    }

    [Fact]
    public async Task Machine_limits_come_from_a_file_and_the_flag_wins()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "# ours\nS5.LARGE8=3\nS6.*=4\n", TestContext.Current.CancellationToken);
            var (code, o) = await WithAsync("--machine-limits-file", file, "--machine-limits", "S6.*=5");
            Assert.Equal((0, ""), (code, _error));
            Assert.Equal((3, 5, 2), (o!.MachineLimits.Of("S5.LARGE8", 4), o.MachineLimits.Of("S6.LARGE8", 4), o.MachineLimits.Of("S7.LARGE8", 4)));
            await File.WriteAllTextAsync(file, "S5.LARGE8=3\nS5.LARGE8=4\n", TestContext.Current.CancellationToken);
            Assert.Equal(2, (await WithAsync("--machine-limits-file", file)).Code);
            Assert.Contains("S5.LARGE8 is named twice", _error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--claim-expired-duration=4m59s", "--claim-expired-duration: \"4m59s\" is too short: want at least 5m0s; leave it out to keep addresses for ever")]
    [InlineData("--claim-expired-duration=0", "--claim-expired-duration: \"0\" is too short: want at least 5m0s; leave it out to keep addresses for ever")]
    [InlineData("--claim-expired-duration=10", "--claim-expired-duration: \"10\" lacks a unit: want a duration such as 5m, 1h30m or 1.5h (units h, m, s, ms, us, ns)")]
    [InlineData("--unbind=onexit", "--unbind: \"onexit\": want OnExit or OnDelete")]
    [InlineData("--given=tagged", "--given: \"tagged\": want Any or TaggedOnly")]
    [InlineData("--sweep=Never", "--sweep: \"Never\": want Release or Report")]
    [InlineData("--sweep-budget=-1", "--sweep-budget: \"-1\": want a whole number of 0 to 100000")]
    [InlineData("--sweep-grace=0", "--sweep-grace: \"0\" is out of range: want 1s to 24h0m0s")]
    [InlineData("--reuse=yes", "--reuse: \"yes\": want true or false")]
    [InlineData("--reuse-cooldown=-1s", "--reuse-cooldown: \"-1s\" is out of range: want 0s to 168h0m0s")]
    [InlineData("--reuse-max-idle=10001", "--reuse-max-idle: \"10001\": want a whole number of 0 to 10000")]
    [InlineData("--reuse-max-idle-time=0", "--reuse-max-idle-time: \"0\" is out of range: want 1s to 720h0m0s")]
    [InlineData("--reuse-max-idle-time=5m", "--reuse-max-idle-time: 5m0s is not above --reuse-cooldown (5m0s), so that no address would ever serve again")]
    [InlineData("--drift=repair", "--drift: \"repair\": want Repair or Report or Ignore")]
    [InlineData("--default-network=bridge", "--default-network: \"bridge\": want tke-route-eni or tke-direct-eni or none")]
    [InlineData("--cluster-id=Cls_1", "--cluster-id: \"Cls_1\": want at most 40 lower-case letters, digits and dashes, a letter or digit at both ends, such as cls-abcdefgh")]
    [InlineData("--region=guangzhou", "--region: \"guangzhou\": want a region such as ap-guangzhou")]
    [InlineData("--vpc-id=subnet-1", "--vpc-id: \"subnet-1\": want the id of a VPC such as vpc-1a2b3c4d")]
    [InlineData("--cloud-endpoint=http://h/path", "--cloud-endpoint: \"http://h/path\": want an http or https URL without path, query or user, such as http://127.0.0.1:9000")]
    [InlineData("--cloud-endpoints=private", "--cloud-endpoints: \"private\": want public or internal")]
    [InlineData("--annotation-prefix=Foo", "--annotation-prefix: annotation prefix \"Foo\": want a DNS subdomain")]
    [InlineData("--workers=0", "--workers: \"0\": want a whole number of 1 to 256")]
    [InlineData("--machine-limits=S5=3", "--machine-limits: \"S5=3\": want TYPE=LIMIT, a machine type such as S5.2XLARGE16, or S5.* for all of a family, and its public IPs, 0 to 1000")]
    [InlineData("--machine-limits-file=/nowhere/limits", "--machine-limits-file: \"/nowhere/limits\": ")]
    [InlineData("--public-ip-limits=2=1", "--public-ip-limits: \"2=1\" in \"2=1\": vCPUs must start at 1 and grow")]
    [InlineData("--rate-share=1.01", "--rate-share: \"1.01\": want a number above 0, at most 1")]
    [InlineData("--rate-multiplier=0", "--rate-multiplier: \"0\": want a number above 0, at most 1000")]
    [InlineData("--resync=1ms", "--resync: \"1ms\" is out of range: want 1s to 24h0m0s")]
    [InlineData("--listen=8080", "--listen: \"8080\" has no port of 0 to 65535: want IP:PORT such as 0.0.0.0:8080, [::1]:8080, or :8080 for every interface")]
    [InlineData("--listen=localhost:8080", "--listen: \"localhost:8080\" has no IP before the port: want IP:PORT")]
    [InlineData("--leader-elect=yes", "--leader-elect: \"yes\": want true or false")]
    [InlineData("--namespace=Bad_Name", "--namespace: \"Bad_Name\": want the name of a namespace")]
    [InlineData("--log-level=trace", "--log-level: \"trace\": want debug or info or warning or error")]
    [InlineData("--role-name=a b", "--role-name: \"a b\": want the name of a role")]
    [InlineData("--assume-role-arn=arn:aws", "--assume-role-arn: \"arn:aws\": want qcs::cam::uin/UIN:roleName/NAME")]
    [InlineData("--renew-deadline=15s", "--renew-deadline: 15s is not below --lease-duration (15s), so that two could lead at once")]
    [InlineData("--renew-deadline=2s", "--retry-period: 2s, with a fifth added at random, is not below --renew-deadline (2s)")]
    [InlineData("--call-timeout=11s", "--call-timeout: 11s and twice --retry-period (2s) are not below --lease-duration (15s), so that calls could never start")]
    [InlineData("--inject", "--inject: needs --webhook")]
    [InlineData("--webhook-port=65536", "--webhook-port: \"65536\": want a whole number of 0 to 65535")]
    [InlineData("--webhook-service=A", "--webhook-service: \"A\": want the name")]
    [InlineData("--secret-key=x", "Unrecognized command or argument '--secret-key=x'")]
    [InlineData("extra", "Unrecognized command or argument 'extra'")]
    public async Task A_bad_value_is_refused_with_its_name_the_value_and_what_is_allowed(string arg, string message)
    {
        var (code, o) = arg.StartsWith("--cluster-id", StringComparison.Ordinal) ? await InvokeAsync("--region=ap-guangzhou", arg)
            : arg.StartsWith("--region", StringComparison.Ordinal) ? await InvokeAsync("--cluster-id=a", arg)
            : await WithAsync(arg);
        Assert.Equal(ExitCodes.Usage, code);
        Assert.Null(o);
        Assert.Contains(message, _error, StringComparison.Ordinal);
        Assert.Equal(2, _error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_bad_variable_is_refused_with_its_name()
    {
        _variables["PODEIP_CLAIM_EXPIRED_DURATION"] = "3m";
        var (code, _) = await WithAsync();
        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains("--claim-expired-duration (from PODEIP_CLAIM_EXPIRED_DURATION): \"3m\" is too short", _error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_required_is_named_all_at_once()
    {
        var (code, _) = await InvokeAsync();
        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains("--cluster-id: is required; give the flag or set PODEIP_CLUSTER_ID", _error, StringComparison.Ordinal);
        Assert.Contains("--region: is required; give the flag or set PODEIP_REGION", _error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_flag_and_shows_examples()
    {
        var (code, o) = await InvokeAsync("--help");
        Assert.Equal((0, null, ""), (code, o, _error));
        Assert.All(new ControllerFlags().All, flag => Assert.Contains(flag.Name, _output, StringComparison.Ordinal));
        Assert.Contains("Examples:", _output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", _output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_version_is_told() => Assert.Equal(0, (await InvokeAsync("--version")).Code);
}
