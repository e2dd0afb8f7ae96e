using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PodEip.Kubernetes.Tests.Fakes;
using PodEip.Kubernetes.Watching;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Kubernetes.Tests.Watching;

/// <summary>What a healthy API server does not do on request.</summary>
public sealed class InformerOddCaseTests
{
    private const string Things = "/api/v1/things";

    [Fact]
    public async Task Pages_are_followed_and_the_watch_starts_at_the_lists_version()
    {
        await using var server = await FakeApiServer.StartAsync(context => context switch
        {
            _ when context.IsWatch() => context.HangAsync(),
            _ when context.Request.Query["continue"] == "two" => context.JsonAsync(Answers.List("7", Answers.Object("b", "5", "blue"))),
            _ => context.JsonAsync(Answers.ListPage("7", "two", Answers.Object("a", "3", "red"), Answers.Object("x", "4", "ignore"))),
        });
        await using var running = new RunningInformer(server.Api(), Things);
        await running.SyncedAsync();
        await Eventually.BecomesTrueAsync(() => running.Watches == 1);
        Assert.Equal(["a: none -> red", "b: none -> blue"], running.Listener.Heard);
        Assert.Contains("limit=500", server.Requests.First(), StringComparison.Ordinal);
        var watch = server.Requests.Last();
        Assert.Contains("resourceVersion=7", watch, StringComparison.Ordinal);
        Assert.Contains("allowWatchBookmarks=true", watch, StringComparison.Ordinal);
        Assert.InRange(int.Parse(watch.Split("timeoutSeconds=")[1], CultureInfo.InvariantCulture), 300, 600);
    }

    [Fact]
    public async Task A_list_that_fails_midway_changes_nothing()
    {
        var lists = 0;
        var broken = true;
        await using var server = await FakeApiServer.StartAsync(context => context switch
        {
            _ when context.IsWatch() && lists == 1 => context.SendAsync(Answers.Line("ERROR", """{"kind":"Status","code":410,"reason":"Expired","message":"too old"}""")),
            _ when context.IsWatch() => context.HangAsync(),
            _ when context.Request.Query["continue"] == "two" => Volatile.Read(ref broken) ? context.StatusAsync(500, "InternalError") : context.JsonAsync(Answers.List("9", Answers.Object("b", "8", "blue"))),
            _ when Interlocked.Increment(ref lists) == 1 => context.JsonAsync(Answers.List("7", Answers.Object("a", "3", "red"), Answers.Object("b", "4", "green"))),
            _ => context.JsonAsync(Answers.ListPage("9", "two", Answers.Object("c", "9", "grey"))),
        });
        await using var running = new RunningInformer(server.Api(), Things);
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref lists) >= 3);
        Assert.Equal(["a: none -> red", "b: none -> green"], running.Listener.Heard);
        Volatile.Write(ref broken, false);
        await Eventually.BecomesAsync(_ => Task.FromResult(running.Colors), colors => colors.Count == 2 && colors.GetValueOrDefault("b") == "blue");
        // Ends come before what is new.
        Assert.Equal("a: red gone", running.Listener.Heard[2]);
        Assert.Equal(5, running.Listener.Heard.Count);
    }

    [Fact]
    public async Task An_ERROR_410_lists_again_and_tells_only_what_changed_with_deletions_among_it()
    {
        var lists = 0;
        await using var server = await FakeApiServer.StartAsync(context =>
        {
            if (!context.IsWatch())
            {
                return Interlocked.Increment(ref lists) == 1
                    ? context.JsonAsync(Answers.List("10", Answers.Object("a", "1", "red"), Answers.Object("b", "2", "green"), Answers.Object("c", "3", "blue")))
                    : context.JsonAsync(Answers.List("20", Answers.Object("a", "1", "red"), Answers.Object("c", "15", "grey")));
            }

            return context.Request.Query["resourceVersion"] == "10"
                ? context.SendAsync(Answers.Line("ERROR", """{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version"}"""))
                : context.HangAsync();
        });
        await using var running = new RunningInformer(server.Api(), Things);
        await Eventually.BecomesAsync(_ => Task.FromResult(running.Listener.Heard), heard => heard.Count == 5);
        Assert.Equal(["b: green gone", "c: blue -> grey"], running.Listener.Heard.Skip(3));
        Assert.Equal(2, lists);
    }

    [Fact]
    public async Task A_record_that_projects_to_nothing_is_a_deletion_for_a_stored_key_and_silence_for_others()
    {
        await using var server = await FakeApiServer.StartAsync(async context =>
        {
            if (!context.IsWatch())
            {
                await context.JsonAsync(Answers.List("1", Answers.Object("a", "1", "red")));
                return;
            }

            await context.SendAsync(
                Answers.Line("ADDED", Answers.Object("b", "2", "ignore")),
                Answers.Line("MODIFIED", Answers.Object("a", "3", "ignore")),
                Answers.Line("DELETED", Answers.Object("b", "4", "ignore")),
                Answers.Line("MODIFIED", Answers.Object("a", "5", "blue")));
            await context.HangAsync();
        });
        await using var running = new RunningInformer(server.Api(), Things);
        await Eventually.BecomesAsync(_ => Task.FromResult(running.Listener.Heard), heard => heard.Count == 3);
        Assert.Equal(["a: none -> red", "a: red gone", "a: none -> blue"], running.Listener.Heard);
    }

    [Fact]
    public async Task Lines_may_come_in_pieces_with_their_members_in_any_order_and_a_cut_one_is_not_used()
    {
        var watches = 0;
        await using var server = await FakeApiServer.StartAsync(async context =>
        {
            if (!context.IsWatch())
            {
                await context.JsonAsync(Answers.List("1"));
                return;
            }

            if (Interlocked.Increment(ref watches) > 1)
            {
                await context.HangAsync();
                return;
            }

            var line = $$"""{"extra":[1,{}],"object":{{Answers.Object("a", "2", "ünïcödé")}},"type":"ADDED"}""" + "\n";
            await context.SendAsync(line[..30]);
            await context.SendAsync(line[30..]);
            await context.SendAsync(Answers.Line("BOOKMARK", """{"kind":"Thing","metadata":{"resourceVersion":"42"}}"""));
            await context.SendAsync(Answers.Line("ADDED", Answers.Object("b", "50", "half"))[..40]);
        });
        await using var running = new RunningInformer(server.Api(), Things);
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref watches) == 2);
        Assert.Equal(["a: none -> ünïcödé"], running.Listener.Heard);
        Assert.Contains("resourceVersion=42", server.Requests.Last(), StringComparison.Ordinal);
        Assert.Equal(1, running.Lists);
    }

    [Fact]
    public async Task A_server_that_closes_every_watch_at_once_is_not_asked_in_a_busy_loop()
    {
        var time = new FakeTimeProvider();
        var watches = 0;
        await using var server = await FakeApiServer.StartAsync(context =>
        {
            if (context.IsWatch())
            {
                Interlocked.Increment(ref watches);
                return context.SendAsync();
            }

            return context.JsonAsync(Answers.List("1"));
        });
        var options = new InformerOptions { MinBackoff = TimeSpan.FromSeconds(1), MaxBackoff = TimeSpan.FromSeconds(30) };
        await using var running = new RunningInformer(server.Api(time), Things, options, time);
        await Eventually.BecomesTrueAsync(() => running.Failures.Contains("ClosedAtOnce"));
        // Each further watch waits for the clock: 1, 2, 4 ... 30 s at most, half of it at least.
        Assert.Equal(1, Volatile.Read(ref watches));
        time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal(1, Volatile.Read(ref watches));
        for (var expected = 2; expected <= 8; expected++)
        {
            await Eventually.BecomesTrueAsync(() =>
            {
                time.Advance(TimeSpan.FromMilliseconds(200));
                return Volatile.Read(ref watches) >= expected;
            });
        }

        Assert.Equal(1, running.Lists);
    }

    [Fact]
    public async Task A_half_open_watch_is_given_up_and_goes_on_where_it_was()
    {
        var watches = 0;
        await using var server = await FakeApiServer.StartAsync(async context =>
        {
            if (!context.IsWatch())
            {
                await context.JsonAsync(Answers.List("1"));
                return;
            }

            if (Interlocked.Increment(ref watches) == 1)
            {
                await context.SendAsync(Answers.Line("ADDED", Answers.Object("a", "5", "red")));
            }

            await context.HangAsync();
        });
        var options = RunningInformer.Quick with { IdleLimit = TimeSpan.FromMilliseconds(300) };
        await using var running = new RunningInformer(server.Api(), Things, options);
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref watches) >= 2);
        Assert.Equal("Idle", running.Failures[0]);
        Assert.Equal(1, running.Lists);
        Assert.Contains(server.Requests, request => request.Contains("resourceVersion=5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_resource_that_is_no_longer_served_keeps_its_store_until_it_is_back()
    {
        var served = true;
        var cut = new TaskCompletionSource();
        await using var server = await FakeApiServer.StartAsync(async context =>
        {
            if (!Volatile.Read(ref served))
            {
                await context.StatusAsync(404, "NotFound", "the server could not find the requested resource");
            }
            else if (context.IsWatch())
            {
                await context.SendAsync();
                await Task.WhenAny(cut.Task, context.HangAsync());
            }
            else
            {
                await context.JsonAsync(Answers.List("1", cut.Task.IsCompleted ? [] : [Answers.Object("a", "1", "red")]));
            }
        });
        await using var running = new RunningInformer(server.Api(), Things);
        await running.SyncedAsync();
        await Eventually.BecomesTrueAsync(() => running.Watches == 1);
        Volatile.Write(ref served, false);
        cut.SetResult();
        await Eventually.BecomesTrueAsync(() => !running.Informer.IsServed);
        Assert.False(running.Informer.HasSynced);
        Assert.Equal("red", running.Colors["a"]);
        Volatile.Write(ref served, true);
        await Eventually.BecomesTrueAsync(() => running.Informer.HasSynced && running.Colors.Count == 0);
        Assert.Equal("a: red gone", running.Listener.Heard[^1]);
    }

    [Fact]
    public async Task A_watch_refused_with_429_waits_as_told_and_keeps_its_place()
    {
        var time = new FakeTimeProvider();
        var watches = 0;
        await using var server = await FakeApiServer.StartAsync(context =>
        {
            if (!context.IsWatch())
            {
                return context.JsonAsync(Answers.List("1"));
            }

            if (Interlocked.Increment(ref watches) > 1)
            {
                return context.HangAsync();
            }

            context.Response.Headers.RetryAfter = "20";
            return context.StatusAsync(429, "TooManyRequests");
        });
        await using var running = new RunningInformer(server.Api(time), Things, time: time);
        await Eventually.BecomesTrueAsync(() => running.Failures.Count == 1);
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(1, Volatile.Read(ref watches));
        await Eventually.BecomesTrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Volatile.Read(ref watches) == 2;
        });
        Assert.Equal(1, running.Lists);
    }

    [Fact]
    public async Task A_handlers_fault_stops_the_informer_for_all_to_see()
    {
        await using var server = await FakeApiServer.StartAsync(context => context.JsonAsync(Answers.List("1", Answers.Object("a", "1"))));
        var informer = new Informer<Thing, Kept>(server.Api(), "things", Things, ThingJson.Default.Thing, _ => throw new InvalidOperationException("of the test"), TimeProvider.System, NullLogger.Instance);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => informer.RunAsync(CancellationToken.None).Soon());
        Assert.Equal("of the test", fault.Message);
    }

    [Fact]
    public async Task Waiting_for_sync_has_a_limit_and_names_the_resource_and_the_last_error()
    {
        var time = new FakeTimeProvider();
        await using var server = await FakeApiServer.StartAsync(context => context.StatusAsync(403, "Forbidden", "things is forbidden"));
        await using var running = new RunningInformer(server.Api(time), Things, time: time);
        await Eventually.BecomesTrueAsync(() => running.Failures.Count == 1);
        var waiting = running.Informer.WaitForSyncAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(31));
        var error = await Assert.ThrowsAsync<TimeoutException>(() => waiting.Soon());
        Assert.Contains("things", error.Message, StringComparison.Ordinal);
        Assert.Contains("403 Forbidden: things is forbidden", error.Message, StringComparison.Ordinal);
    }
}
