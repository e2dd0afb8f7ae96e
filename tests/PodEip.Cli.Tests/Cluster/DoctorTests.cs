using System.Text.Json.Nodes;
using PodEip.Api;
using PodEip.Cli.Doctoring;
using PodEip.TestKit.ControlPlane;
using Xunit;

namespace PodEip.Cli.Tests.Cluster;

/// <summary>What <c>doctor</c> finds on a real API server, with a simulated cloud and without.</summary>
public sealed class DoctorTests(ControlPlaneFixture planes)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_missing_and_what_could_not_be_looked_at_are_told()
    {
        using var space = await TestNamespace.OpenAsync(planes, "doctor", Ct);
        var told = await CliCall.RunAsync("", Ct, "doctor", "-o", "json", "--kubeconfig", space.Kubeconfig);
        Assert.Equal(3, told.Code);
        Assert.Equal(DoctorState.Ok, Single(told, "crd").State);
        Assert.Equal(DoctorState.Trouble, Single(told, "controller").State);
        Assert.Equal(DoctorState.Trouble, Single(told, "agent").State);
        Assert.Equal(DoctorState.Skipped, Single(told, "permissions").State);
    }

    [Fact]
    public async Task With_all_permissions_and_a_good_clock_the_cloud_is_sound()
    {
        await using var account = await TestAccount.OpenAsync(planes, "sound", Ct);
        var before = account.Model.Addresses.Count;
        var told = await account.RunAsync(Ct, "doctor", "-o", "json");
        Assert.Equal(DoctorState.Ok, Single(told, "permissions").State);
        Assert.Equal(DoctorState.Ok, Single(told, "clock").State);
        Assert.Equal(before, account.Model.Addresses.Count);
    }

    [Theory]
    [InlineData("cvm:AssociateAddress", "binding", "Trouble")]
    [InlineData("cvm:ReleaseAddresses", "giving addresses back", "Trouble")]
    [InlineData("vpc:CreateRoutes", "doctor --fix", "Note")]
    public async Task One_missing_permission_is_named_with_what_it_is_for(string action, string purpose, string state)
    {
        await using var account = await TestAccount.OpenAsync(planes, "denied", Ct);
        account.Deny(action);
        var told = await account.RunAsync(Ct, "doctor", "-o", "json");
        var finding = Single(told, "permissions");
        Assert.Equal((3, state), (told.Code, finding.State.ToString()));
        Assert.StartsWith($"{action} is not allowed", finding.Text, StringComparison.Ordinal);
        Assert.Contains(purpose, finding.Text, StringComparison.Ordinal);
        Assert.Contains(action, finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_one_finding_and_is_not_shown()
    {
        await using var account = await TestAccount.OpenAsync(planes, "key", Ct);
        account.SecretKey = "a-wrong-key-of-somebody";
        var told = await account.RunAsync(Ct, "doctor", "-o", "json");
        Assert.Equal((3, DoctorState.Trouble), (told.Code, Single(told, "credentials").State));
        Assert.Empty(Of(told, "permissions"));
        Assert.DoesNotContain(account.SecretKey, told.Output + told.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, "Note")]
    [InlineData(600, "Trouble")]
    [InlineData(-600, "Trouble")]
    public async Task A_clock_that_is_off_is_told(int seconds, string state)
    {
        await using var account = await TestAccount.OpenAsync(planes, "clock", Ct);
        account.Time.Offset = TimeSpan.FromSeconds(seconds);
        var told = await account.RunAsync(Ct, "doctor", "-o", "json");
        var finding = Single(told, "clock");
        Assert.Equal(state, finding.State.ToString());
        Assert.Contains(seconds > 0 ? "ahead of" : "behind", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_cannot_be_called_or_may_block_Pods_is_told()
    {
        using var space = await TestNamespace.OpenAsync(planes, "webhook", Ct);
        await using var webhook = await TestWebhook.InstallAsync(space, Ct);
        var fresh = Webhook(await CliCall.RunAsync("", Ct, "doctor", "-o", "json", "--kubeconfig", space.Kubeconfig));
        Assert.Equal(3, fresh.Count(f => f.Text.Contains("has no caBundle", StringComparison.Ordinal)));
        Assert.Single(fresh, f => f.Text.Contains($"no replica answers behind the Service podeip-system/{WebhookNames.Service}", StringComparison.Ordinal));
        Assert.Equal(4, fresh.Count);

        await webhook.AnswerAsync(Ct);
        await webhook.ChangeAsync(withBundle: true, "Ignore", Ct);
        var sound = Assert.Single(Webhook(await CliCall.RunAsync("", Ct, "doctor", "-o", "json", "--kubeconfig", space.Kubeconfig)));
        Assert.Equal((DoctorState.Ok, ""), (sound.State, sound.Text));

        await webhook.ChangeAsync(withBundle: true, "Fail", Ct);
        var blocking = Webhook(await CliCall.RunAsync("", Ct, "doctor", "-o", "json", "--kubeconfig", space.Kubeconfig));
        Assert.Equal(3, blocking.Count);
        Assert.All(blocking, f => Assert.Contains("has failurePolicy Fail: its outage blocks Pods", f.Text, StringComparison.Ordinal));
    }

    private static List<DoctorFinding> Webhook(CliCall told) => Of(told, "webhook");

    private static DoctorFinding Single(CliCall told, string check) => Assert.Single(Of(told, check));

    private static List<DoctorFinding> Of(CliCall told, string check) =>
    [
        .. JsonNode.Parse(told.Output)!["findings"]!.AsArray().Where(f => (string)f!["check"]! == check)
            .Select(f => new DoctorFinding(check, Enum.Parse<DoctorState>((string)f!["state"]!), (string)f["text"]!, (string?)f["fix"])),
    ];
}
