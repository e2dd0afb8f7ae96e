using System.Text.Json.Nodes;
using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.CloudSim.Model.Routing;
using PodEip.TestKit.ControlPlane;
using Xunit;

namespace PodEip.Cli.Tests.Cluster;

/// <summary>The commands against a real API server and a simulated cloud; no controller runs.</summary>
public sealed class CloudTests(ControlPlaneFixture planes)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orphans_are_those_of_this_cluster_that_no_claim_refers_to_and_kept_ones()
    {
        await using var account = await OpenAsync("orphans");
        var (claimed, stock) = (account.Own("pe1-aaaaaaaa-bbbbbb"), account.Own("pe1-aaaaaaaa-cccccc"));
        var kept = account.Own(AddressName.OfFixed(new ClaimKey(account.Space.Name, "gone-0")));
        var (stranger, given) = (account.Own(name: null, "cls-other"), account.Model.AddAddress());
        await account.Space.MakeBoundAsync("web-0", "a", Ct, claimed.Id);
        await account.Space.MakeBoundAsync("web-1", "a", Ct, "eip-99999999");
        await account.Space.StatusAsync("web-1", """{"status":{"phase":"Retained"}}""", Ct);

        var told = await account.RunAsync(Ct, "orphans", "-o", "json");
        Assert.Equal(3, told.Code);
        var rows = JsonNode.Parse(told.Output)!["addresses"]!.AsArray().ToDictionary(row => (string)row!["id"]!, row => (string)row!["why"]!);
        Assert.Equal("Stock", rows[stock.Id]);
        Assert.Equal("Fixed", rows[kept.Id]);
        Assert.Contains("eip-99999999", rows.Keys);
        Assert.DoesNotContain(rows.Keys, id => id == claimed.Id || id == stranger.Id || id == given.Id);
        Assert.Contains("kubectl eip reclaim", told.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("The cloud was not asked", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_and_plan_tell_the_accounts_quotas()
    {
        await using var account = await OpenAsync("quotas");
        account.Model.Settings = account.Model.Settings with { TotalQuota = 3 };
        account.Own(name: null);
        var told = await account.RunAsync(Ct, "usage", "-o", "json");
        Assert.Equal((0, ""), (told.Code, told.Error));
        var total = JsonNode.Parse(told.Output)!["quotas"]!.AsArray().Single(q => (string)q!["name"]! is "TOTAL_EIP_QUOTA")!;
        Assert.Equal((1, 3), ((int)total["used"]!, (int)total["limit"]!));
        Assert.Contains("TOTAL_EIP_QUOTA", (await account.RunAsync(Ct, "usage")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_routes_are_shown_and_added_only_when_that_is_agreed()
    {
        await using var account = await OpenAsync("fix");
        var table = account.DivertedTable();
        await account.Space.MakeBoundAsync("web-0", "a", Ct, eni: account.Model.Enis.First(e => !e.IsPrimary).Id);
        try
        {
            var shown = await account.RunAsync(Ct, "routes", "-o", "json");
            Assert.True(shown.Code == 0, shown.ToString());
            Assert.Equal((table, "planned"), (JsonNode.Parse(shown.Output)!["tables"]![0]!["id"]!.ToString(), JsonNode.Parse(shown.Output)!["tables"]![0]!["result"]!.ToString()));

            account.Deny("vpc:CreateRoutes");
            var denied = await account.RunAsync(Ct, "routes", "--apply");
            Assert.Equal(1, denied.Code);
            Assert.StartsWith($"kubectl eip: {table}: ", denied.Error, StringComparison.Ordinal);
            account.Deny();

            var unasked = await account.RunAsync(Ct, "doctor", "--fix");
            Assert.Equal(2, unasked.Code);
            Assert.Contains("say --yes", unasked.Error, StringComparison.Ordinal);
            Assert.Equal([GatewayTypes.Nat], account.Hops(table));

            var done = await account.RunAsync(Ct, "doctor", "--fix", "--yes");
            Assert.True(done.Code == 0, done.ToString());
            Assert.Equal([GatewayTypes.Nat, GatewayTypes.Eip], account.Hops(table));
            Assert.Equal("kubectl eip routes", account.Model.FindRouteTable(table)!.Routes[1].Description);
        }
        finally
        {
            // Its interface is known to this test's cloud only.
            await account.Space.DeleteClaimAsync("web-0", Ct);
        }
    }

    [Fact]
    public async Task Teardown_shows_what_it_would_release()
    {
        await using var account = await OpenAsync("teardown");
        var (mine, stranger) = (account.Own("pe1-aaaaaaaa-bbbbbb"), account.Own(name: null, "cls-other"));
        var told = await account.RunAsync(Ct, "teardown", "--dry-run", "-o", "json");
        Assert.True(told.Code == 0, told.ToString());
        var rows = JsonNode.Parse(told.Output)!["addresses"]!.AsArray();
        var row = rows.Single(r => (string)r!["id"]! == mine.Id)!;
        Assert.Equal(("Release", "planned"), ((string)row["action"]!, (string)row["result"]!));
        Assert.DoesNotContain(rows, r => (string)r!["id"]! == stranger.Id);
        Assert.NotNull(account.Model.FindAddress(mine.Id));

        account.Deny("cvm:DescribeAddresses");
        var denied = await account.RunAsync(Ct, "teardown", "--dry-run");
        Assert.Equal(1, denied.Code);
        Assert.StartsWith("kubectl eip: A permission is missing in the cloud", denied.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adopt_shows_what_it_would_take_over()
    {
        await using var account = await OpenAsync("adopt");
        var lost = account.Own(AddressName.OfFixed(new ClaimKey(account.Space.Name, "web-0")), "cls-lost");
        var told = await account.RunAsync(
            Ct, "adopt", "--from-cluster-id", "cls-lost", "--from-cluster-uid", account.ClusterUid, "--names", $"{account.Space.Name}/web-0", "--dry-run", "-o", "json");
        Assert.True(told.Code == 0, told.ToString());
        var row = JsonNode.Parse(told.Output)!["addresses"]!.AsArray().Single()!;
        Assert.Equal((lost.Id, $"{account.Space.Name}/web-0", "planned"), ((string)row["id"]!, (string)row["claim"]!, (string)row["result"]!));
        Assert.Null(await account.Space.Sight.ClaimAsync(new ClaimKey(account.Space.Name, "web-0"), Ct));
    }

    [Theory]
    [InlineData("adopt", "--from-cluster-id", "cls-lost", "--from-cluster-uid", "5f0f6d0e-0000-4000-8000-000000000000", "--dry-run")]
    [InlineData("routes")]
    public async Task Trouble_within_the_controllers_commands_is_told_in_this_programs_name(params string[] args)
    {
        var call = await CliCall.RunAsync("", Ct, [.. args, "--kubeconfig", "/nonexistent", "--cluster-id", "cls-demo", "--region", "ap-guangzhou"]);
        Assert.Equal(1, call.Code);
        Assert.StartsWith("kubectl eip: ", call.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("podeip-controller", call.Error, StringComparison.Ordinal);
    }

    private Task<TestAccount> OpenAsync(string hint) => TestAccount.OpenAsync(planes, hint, Ct);
}
