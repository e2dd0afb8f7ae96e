using System.Collections.Concurrent;
using System.Globalization;
using PodEip.Api;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>More claims than the account's quotas allow: all say why they wait, all are served in the end, and the cloud isn't worn out.</summary>
[Collection(Stage.Alone)]
public sealed class QuotaTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private const int FixedEach = 15;
    private const int ShortEach = 50;
    private const int Namespaces = 4;
    private const int Total = 100;
    private const int Daily = 120;

    private static readonly string[] Explained = [Reasons.QuotaExceeded, Reasons.DailyQuotaExceeded, Reasons.WaitingForAddress];

    private static readonly SceneOptions Scarce = new()
    {
        Name = "scarce", Cvms = 30, Resync = "1m", LogLevel = "info", Flags = "--quota-refresh 2s",
        Cloud = new CloudSettings { TotalQuota = 0, DailyQuota = Daily },
    };

    private readonly ConcurrentDictionary<string, byte> _served = new();

    [Fact]
    public async Task Sixty_fixed_and_two_hundred_short_lived_claims_share_a_quota_of_100_and_120_a_day()
    {
        var (scene, first) = await OpenAsync("scarce", Scarce);
        scene.Model.Settings = scene.Model.Settings with { TotalQuota = 0 };
        scene.Model.SetDailyCounts(0);
        List<string> spaces = [first];
        while (spaces.Count < Namespaces)
        {
            spaces.Add(await scene.NamespaceAsync("scarce", Ct));
        }

        foreach (var space in spaces)
        {
            await scene.CreateAllAsync(space, Enumerable.Range(0, FixedEach).Select(i => Pods.New($"fixed-{i}", isFixed: true)), Ct);
            await scene.CreateAllAsync(space, Enumerable.Range(0, ShortEach).Select(i => Pods.New($"short-{i}")), Ct);
        }

        // Nothing is to be had: each says so, with the quota's name and numbers, and when it is tried again.
        await AllAsync(scene, spaces, all => all.Count == Namespaces * (FixedEach + ShortEach) && all.All(s => s.Reason == Reasons.QuotaExceeded));
        foreach (var sight in await LookAsync(scene, spaces))
        {
            Assert.Contains("TOTAL_EIP_QUOTA is used up: 0 of 0", sight.Claim!.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
            Assert.NotNull(sight.Claim.Status.NextTry);
        }

        Assert.Equal(0, scene.Calls.CountOf("AllocateAddresses"));
        await QuietAsync(scene, "with a quota of nothing");

        // A hundred may be held: every namespace gets the same number of them.
        scene.Model.Settings = scene.Model.Settings with { TotalQuota = Total };
        await AllAsync(scene, spaces, all => all.Count(s => s.IsBound) == Total && all.All(s => s.IsBound || s.Reason == Reasons.QuotaExceeded));
        foreach (var space in spaces)
        {
            var bound = (await LookAsync(scene, [space])).Count(s => s.IsBound);
            Assert.Equal(Total / Namespaces, bound);
        }

        await QuietAsync(scene, $"with {Total} of {Total}");

        // The short-lived come and go as they are served; a day allows 120 purchases.
        var days = 1;
        while (_served.Count < Namespaces * (FixedEach + ShortEach))
        {
            await EndServedAsync(scene, spaces);
            var all = await LookAsync(scene, spaces);
            Assert.All(all.Where(s => s is { IsBound: false, Claim: { Status.AddressId: null, Metadata.DeletionTimestamp: null } } && s.Reason is not null), s => Assert.Contains(s.Reason, Explained));
            if (BoughtToday(scene) == Daily && scene.OwnAddresses.Count == Namespaces * FixedEach
                && all.Count(s => s.Reason == Reasons.DailyQuotaExceeded) is > 0 and var waiting && waiting == all.Count(s => s.Claim is { Status.AddressId: null }))
            {
                Assert.Contains(
                    string.Create(CultureInfo.InvariantCulture, $"DAILY_EIP_APPLY is used up: {Daily} of {Daily}"),
                    all.First(s => s.Reason == Reasons.DailyQuotaExceeded).Claim!.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
                await QuietAsync(scene, $"on day {days} with {waiting} waiting for the next");
                days++;
                Assert.True(days < 6, "too many days");
                var bought = scene.Calls.CountOf("AllocateAddresses");
                // The next day: by its count, since a clock put forward would outdate every signature.
                scene.Model.SetDailyCounts(0);
                await Eventually.BecomesTrueAsync(() => scene.Calls.CountOf("AllocateAddresses") > bought, description: "the new day to be noticed", cancellation: Ct);
            }
        }

        Output.WriteLine($"all {_served.Count} were served, on {days} days");
        Assert.Equal(3, days);
        var refused = scene.Calls.Read("AllocateAddresses").Where(c => c.Code is not null).ToList();
        Output.WriteLine($"AllocateAddresses {scene.Calls.CountOf("AllocateAddresses")}, of which {refused.Count} were refused; DescribeAddressQuota {scene.Calls.CountOf("DescribeAddressQuota")}");
        Assert.InRange(refused.Count, 0, 10);
        Assert.Equal(Namespaces * FixedEach, (await LookAsync(scene, spaces)).Count(s => s.IsBound && s.Claim!.Metadata.Name.StartsWith("fixed", StringComparison.Ordinal)));
    }

    private static int BoughtToday(Scene scene) =>
        scene.Model.DescribeAddressQuota(new DescribeAddressQuotaCall()).Quotas.Single(q => q.Id == "DAILY_EIP_APPLY").Current;

    /// <summary>While nothing can be had nothing is asked for but the quota, and claims are not written.</summary>
    private async Task QuietAsync(Scene scene, string when)
    {
        var from = scene.Calls.Read() is [.., var last] ? last.Sequence : 0;
        var begun = TimeProvider.System.GetTimestamp();
        var window = TimeSpan.FromSeconds(15);
        await Eventually.BecomesTrueAsync(() => TimeProvider.System.GetElapsedTime(begun) >= window, description: "the window to pass", cancellation: Ct);
        var calls = scene.Calls.Read(after: from);
        var perMinute = calls.Count * 60 / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{when}: {perMinute:0} calls a minute: {string.Join(", ", calls.GroupBy(c => c.Action).Select(g => $"{g.Key} {g.Count()}"))}"));
        Assert.DoesNotContain(calls, c => c.Action == "AllocateAddresses");
        Assert.True(perMinute <= 80, $"{perMinute} calls a minute {when}");
    }

    private async Task EndServedAsync(Scene scene, IReadOnlyList<string> spaces)
    {
        foreach (var space in spaces)
        {
            foreach (var (name, sight) in await scene.LookAtAllAsync(space, Ct))
            {
                if (sight.IsBound && _served.TryAdd($"{space}/{name}", 0) && name.StartsWith("short", StringComparison.Ordinal))
                {
                    await scene.DeletePodAsync(space, name, Ct);
                }
            }
        }
    }

    private static async Task<IReadOnlyList<Sight>> LookAsync(Scene scene, IReadOnlyList<string> spaces)
    {
        var all = new List<Sight>();
        foreach (var space in spaces)
        {
            all.AddRange((await scene.LookAtAllAsync(space, Ct)).Values);
        }

        return all;
    }

    private static async Task AllAsync(Scene scene, IReadOnlyList<string> spaces, Func<IReadOnlyList<Sight>, bool> accept)
    {
        IReadOnlyList<Sight> last = [];
        try
        {
            await Eventually.BecomesAsync(async _ => last = await LookAsync(scene, spaces), accept, TimeSpan.FromMinutes(4), "all claims to say what they should", Ct);
        }
        catch (EventuallyException e)
        {
            throw new EventuallyException(
                e.Message + "\n" + string.Join('\n', last.GroupBy(s => $"{s.IsBound} {s.Pod?.Status.Phase} {s.Claim?.Status.Phase} {s.Reason}").Select(g => $"{g.Count()} {g.Key}: {g.First()}"))
                + "\n" + string.Join('\n', scene.Controller.Lines.TakeLast(20)), e);
        }
    }
}
