using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Controller.Adoption;
using PodEip.Controller.Hosting;
using PodEip.Controller.Teardown;
using PodEip.Hosting;
using Xunit;

namespace PodEip.Controller.Tests.Commands;

/// <summary>The command lines of teardown and adoption.</summary>
public sealed class SubCommandTests : IDisposable
{
    private const string Uid = "5f0f6d0e-7a52-4c4e-9d3b-0d2f9c1f7a11";

    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private TeardownOptions? _teardown;
    private AdoptionOptions? _adoption;
    private bool _ranController;

    private string Error => _error.ToString();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private Task<int> InvokeAsync(params IEnumerable<string> args) => ControllerCommand.InvokeAsync(
        [.. args],
        new Surroundings { Variable = name => _variables.GetValueOrDefault(name), PodNamespace = () => null },
        _output,
        _error,
        _ =>
        {
            _ranController = true;
            return Task.FromResult(0);
        },
        options =>
        {
            _teardown = options;
            return Task.FromResult(7);
        },
        options =>
        {
            _adoption = options;
            return Task.FromResult(8);
        });

    private Task<int> TeardownAsync(params IEnumerable<string> args) => InvokeAsync(["teardown", "--cluster-id", "cls-1", "--region", "ap-guangzhou", .. args]);

    private Task<int> AdoptAsync(params IEnumerable<string> args) =>
        InvokeAsync(["adopt", "--cluster-id", "cls-1", "--region", "ap-guangzhou", "--from-cluster-id", "cls-0", "--from-cluster-uid", Uid, .. args]);

    [Fact]
    public async Task Teardown_by_default_keeps_nothing_forces_nothing_and_is_no_dry_run()
    {
        Assert.Equal((7, ""), (await TeardownAsync(), Error));
        Assert.False(_teardown!.DryRun || _teardown.Force || _teardown.Json || _teardown.Choice.KeepFixed || _ranController);
        Assert.Equal((null, 0, "cls-1", LogLevel.Warning), (_teardown.ClusterUid, _teardown.Choice.Include.Count, _teardown.Controller.ClusterId, _teardown.Controller.LogLevel));
    }

    [Fact]
    public async Task Teardown_reads_its_flags_and_the_controllers()
    {
        Assert.Equal(7, await TeardownAsync("--dry-run", "--keep", "--force", "-o", "json", "--include", "eip-a, eip-b", "--kubeconfig", "/k", "--namespace", "eip", "--log-level", "info"));
        Assert.True(_teardown is { DryRun: true, Force: true, Json: true, Choice.KeepFixed: true });
        Assert.Equal(["eip-a", "eip-b"], _teardown!.Choice.Include.Order());
        Assert.Equal(("/k", "eip", LogLevel.Information), (_teardown.Controller.Kubeconfig, _teardown.Controller.LeaderElectNamespace, _teardown.Controller.LogLevel));
    }

    [Fact]
    public async Task Their_flags_have_twins_in_the_environment()
    {
        _variables["PODEIP_CLUSTER_UID"] = Uid;
        _variables["PODEIP_KEEP"] = "true";
        Assert.Equal(7, await TeardownAsync());
        Assert.Equal((Uid, true), (_teardown!.ClusterUid, _teardown.Choice.KeepFixed));
    }

    [Theory]
    [InlineData("--include=web-0", "--include: \"web-0\": want ids of addresses with commas between, such as eip-1a2b3c4d,eip-5e6f7a8b")]
    [InlineData("--include=eip-a,,eip-b", "--include: \"\": want ids of addresses")]
    [InlineData("--cluster-uid=cls-1", "--cluster-uid: \"cls-1\": want the UID of the namespace kube-system, such as 5f0f6d0e-7a52-4c4e-9d3b-0d2f9c1f7a11")]
    [InlineData("--output=yaml", "--output: \"yaml\": want table or json")]
    [InlineData("--keep=maybe", "--keep: \"maybe\": want true or false")]
    [InlineData("--cluster-uid=" + Uid + " --force", "--force: has no meaning with --cluster-uid: a lost cluster has no controller")]
    [InlineData("--cluster-uid=" + Uid + " --kubeconfig=/k", "--cluster-uid: excludes --kubeconfig: a lost cluster is not asked, and one that can be asked tells its UID itself")]
    [InlineData("--install-crd", "Unrecognized command or argument '--install-crd'")]
    [InlineData("everything", "Unrecognized command or argument 'everything'")]
    public async Task Teardown_refuses_what_it_can_not_read(string args, string message)
    {
        Assert.Equal(ExitCodes.Usage, await TeardownAsync(args.Split(' ')));
        Assert.Null(_teardown);
        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.Contains("podeip-controller teardown --help", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_name_what_is_required()
    {
        Assert.Equal(ExitCodes.Usage, await InvokeAsync("teardown"));
        Assert.Contains("--cluster-id: is required", Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, await InvokeAsync("adopt"));
        Assert.Contains("--from-cluster-id: is required; give the flag or set PODEIP_FROM_CLUSTER_ID", Error, StringComparison.Ordinal);
        Assert.Contains("--from-cluster-uid: is required", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adoption_reads_names_from_the_command_line_and_from_a_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "# old list\nshop/web-1\n\n  shop/web-2  \n", TestContext.Current.CancellationToken);
            Assert.Equal((8, ""), (await AdoptAsync("--names", "shop/web-0", "--names-file", file, "--all", "--dry-run", "--output", "json"), Error));
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal([new ClaimKey("shop", "web-0"), new ClaimKey("shop", "web-1"), new ClaimKey("shop", "web-2")], _adoption!.Names);
        Assert.True(_adoption is { All: true, DryRun: true, Json: true, FromClusterId: "cls-0", FromClusterUid: Uid });
    }

    [Theory]
    [InlineData("--names=web-0", "--names: \"web-0\": want NAMESPACE/NAME of a Pod, such as shop/web-0")]
    [InlineData("--names=shop/web-0,", "--names: \"\": want NAMESPACE/NAME of a Pod")]
    [InlineData("--names=Shop/web", "--names: \"Shop/web\": want NAMESPACE/NAME of a Pod")]
    [InlineData("--names-file=/nonexistent/names", "--names-file: \"/nonexistent/names\" can't be read")]
    [InlineData("--from-cluster-uid=x", "--from-cluster-uid: \"x\": want the UID of the namespace kube-system")]
    [InlineData("--force", "Unrecognized command or argument '--force'")]
    public async Task Adoption_refuses_what_it_can_not_read(string arg, string message)
    {
        Assert.Equal(ExitCodes.Usage, await (arg.StartsWith("--from", StringComparison.Ordinal)
            ? InvokeAsync("adopt", "--cluster-id=cls-1", "--region=ap-guangzhou", "--from-cluster-id=cls-0", arg)
            : AdoptAsync(arg)));
        Assert.Null(_adoption);
        Assert.Contains(message, Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("teardown", "podeip-controller teardown --cluster-id")]
    [InlineData("adopt", "podeip-controller adopt --cluster-id")]
    public async Task Help_shows_each_ones_flags_examples_and_exit_codes(string command, string example)
    {
        Assert.Equal((0, ""), (await InvokeAsync(command, "--help"), Error));
        var help = _output.ToString();
        Assert.Contains(example, help, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", help, StringComparison.Ordinal);
        Assert.Contains("--dry-run", help, StringComparison.Ordinal);
        Assert.DoesNotContain("--surplus-grace", help, StringComparison.Ordinal);
    }
}
