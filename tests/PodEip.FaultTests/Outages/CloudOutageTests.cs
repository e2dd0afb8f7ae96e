using System.Globalization;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.CloudSim.Gate;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.FaultTests.Outages;

/// <summary>The cloud is away, slow, or refuses everything for a while: what is bound stays, waits say why, nothing is asked without pause, and all is made up for.</summary>
[Collection(Stage.Outages)]
public sealed class CloudOutageTests(Stage stage, ITestOutputHelper output) : OutageScene(stage, output)
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(10);
    private static readonly string[] Kept = ["own", "fixed", "given"];
    private static readonly string[] New = ["new-0", "new-1", "new-2"];

    private static readonly SceneOptions Impatient = new() { Name = "cloud", Cvms = 4, Rates = 1, Flags = "--call-timeout 2s --leader-elect=false" };

    /// <summary>What happens to the cloud.</summary>
    public enum Trouble
    {
        /// <summary>Nobody listens.</summary>
        Refused,

        /// <summary>Connections break before anything is done.</summary>
        RequestsLost,

        /// <summary>Connections break when all is done.</summary>
        AnswersLost,

        /// <summary>Answers come after the call's time.</summary>
        TooSlow,

        /// <summary>Its clock and ours disagree.</summary>
        Clock,
    }

    [Theory]
    [InlineData(Trouble.Refused, Reasons.CloudUnreachable, "127.0.0.1")]
    [InlineData(Trouble.RequestsLost, Reasons.CloudUnreachable, "127.0.0.1")]
    [InlineData(Trouble.AnswersLost, Reasons.CloudUnreachable, "127.0.0.1")]
    [InlineData(Trouble.TooSlow, Reasons.CloudUnreachable, "within 2 s")]
    [InlineData(Trouble.Clock, Reasons.Unauthorized, "s behind the cloud's: set the clock")]
    public async Task What_the_cloud_does_not_answer_waits_and_says_why(Trouble trouble, string reason, string words)
    {
        var (scene, space) = await OpenAsync("cloud", Impatient);
        var before = await PrepareAsync(scene, space);
        await BeginAsync(scene, trouble);
        try
        {
            var begun = scene.Cloud.Clock.GetUtcNow();
            await ComeAndGoAsync(scene, space);
            foreach (var name in New)
            {
                var waits = await scene.WaitsForAsync(space, name, reason, Ct);
                Assert.Contains(words, waits.Claim!.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
            }

            await Eventually.BecomesTrueAsync(() => scene.Cloud.Clock.GetUtcNow() - begun >= Watched, description: "an outage that lasts", cancellation: Ct);
            // Three kinds of reads, each once in two seconds.
            AssertCalm(scene, begun, most: 120);
        }
        finally
        {
            await EndAsync(scene, trouble);
        }

        await MadeUpForAsync(scene, space, before);
    }

    [Fact]
    public async Task A_cloud_that_takes_its_time_is_waited_for()
    {
        var (scene, space) = await OpenAsync("cloud", Impatient);
        var before = await PrepareAsync(scene, space);
        scene.Cloud.Gate.Faults.Inject(new Fault { Kind = FaultKind.DelayAnswer, Seconds = 1 });
        await ComeAndGoAsync(scene, space);
        await MadeUpForAsync(scene, space, before);
        Assert.DoesNotContain(scene.Calls.Counters, counter => counter.Errors.Count > 0);
    }

    [Fact]
    public async Task A_cloud_that_throttles_hard_is_asked_ever_less_and_gets_everything_done()
    {
        var (scene, space) = await OpenAsync("cloud", Impatient);
        var before = await PrepareAsync(scene, space);
        scene.Cloud.Gate.Faults.Inject(new Fault { Id = "hard", Kind = FaultKind.Throttle });
        await ComeAndGoAsync(scene, space);

        // Ten or twenty a second are allowed to an action that nobody throttles; the slowest pace is a twentieth of that.
        string[] asked = ["DescribeAddresses", "AllocateAddresses"];
        foreach (var action in asked)
        {
            await Eventually.BecomesTrueAsync(() => LastPause(scene, action) >= TimeSpan.FromSeconds(0.9), description: $"{action} to be asked for ever less", cancellation: Ct);
        }

        foreach (var name in New)
        {
            Assert.NotNull((await scene.LookAsync(space, name, Ct)).Reason);
        }

        scene.Cloud.Gate.Faults.Clear("hard");
        await MadeUpForAsync(scene, space, before);
    }

    private static async Task<IReadOnlyDictionary<string, Sight>> PrepareAsync(Scene scene, string space)
    {
        await scene.CreateAllAsync(space, [Pods.New("own"), Pods.New("fixed", isFixed: true), Pods.Given("given", scene.GiveAddress().Id), Pods.New("leaving"), Pods.New("leaving-fixed", isFixed: true)], Ct);
        var before = await scene.AllBoundAsync(space, 5, Ct);
        scene.Calls.Clear();
        return before;
    }

    private static async Task ComeAndGoAsync(Scene scene, string space)
    {
        await scene.CreateAllAsync(space, New.Select(name => Pods.New(name, isFixed: name == New[0])), Ct);
        await Task.WhenAll(scene.DeletePodAsync(space, "leaving", Ct), scene.DeletePodAsync(space, "leaving-fixed", Ct));
    }

    private static async Task BeginAsync(Scene scene, Trouble trouble)
    {
        var (kind, seconds) = trouble switch
        {
            Trouble.RequestsLost => (FaultKind.DropRequest, 0),
            Trouble.AnswersLost => (FaultKind.DropAnswer, 0),
            Trouble.TooSlow => (FaultKind.DelayAnswer, 4),
            _ => (default(FaultKind?), 0),
        };
        if (kind is { } fault)
        {
            scene.Cloud.Gate.Faults.Inject(new Fault { Id = "trouble", Kind = fault, Seconds = seconds });
        }
        else if (trouble is Trouble.Refused)
        {
            await scene.Cloud.CloseApiAsync();
        }
        else
        {
            scene.Model.Settings = scene.Model.Settings with { ClockSkew = TimeSpan.FromMinutes(10) };
        }
    }

    private static async Task EndAsync(Scene scene, Trouble trouble)
    {
        scene.Cloud.Gate.Faults.Clear("trouble");
        scene.Model.Settings = scene.Model.Settings with { ClockSkew = TimeSpan.Zero };
        if (trouble is Trouble.Refused)
        {
            await scene.Cloud.ReopenApiAsync(Ct);
        }
    }

    private async Task MadeUpForAsync(Scene scene, string space, IReadOnlyDictionary<string, Sight> before)
    {
        await scene.SeesAsync(space, "leaving-fixed", sight => sight is { Pod: null, Claim.Status.Phase: ClaimPhase.Retained }, Ct, TimeSpan.FromSeconds(90));
        await scene.GoneAsync(space, "leaving", Ct);
        var after = await SettledAsync(scene, space, Kept.Length + New.Length, retained: 1);
        Assert.All(Kept, name => Assert.Equal(before[name].Address!.Id, after[name].Address!.Id));
        Assert.Equal(before["leaving-fixed"].Address!.Id, after["leaving-fixed"].Address!.Id);
        AssertUntouched(scene, [.. Kept.Select(name => before[name].Address!.Id)]);

        // More than were wanted would have been given back.
        Assert.All(scene.Calls.Read("ReleaseAddresses").Where(call => call.Executed), call => Assert.Equal(before["leaving"].Address!.Id, call.Subject));
        Output.WriteLine(string.Join('\n', scene.Calls.Counters.Select(c => $"  {c.Action} {c.Calls}, executed {c.Executed}{string.Concat(c.Errors.Select(e => $", {e.Key} {e.Value}"))}")));
    }

    /// <summary>The time between the last two calls of an action.</summary>
    private static TimeSpan LastPause(Scene scene, string action) =>
        scene.Calls.Read(action) is { Count: > 1 } calls ? calls[^1].At - calls[^2].At : TimeSpan.Zero;

    /// <summary>No action was asked for more often than that, a minute.</summary>
    private void AssertCalm(Scene scene, DateTimeOffset begun, int most)
    {
        var time = scene.Cloud.Clock.GetUtcNow() - begun;
        foreach (var counter in scene.Calls.Counters)
        {
            var pace = counter.Calls / time.TotalMinutes;
            Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counter.Action}: {counter.Calls} calls in {time.TotalSeconds:0} s of trouble, {pace:0} a minute"));
            Assert.True(pace <= most, $"{counter.Action}: {pace} a minute");
        }
    }
}
