using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using k8s;
using k8s.Models;
using PodEip.Kubernetes.Events;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Kubernetes.Tests.RealServer;

public sealed class EventRecorderTests(ControlPlaneFixture cluster)
{
    private static readonly EventRecorderOptions Options = new() { ReportingController = "podeip.io/controller", ReportingInstance = "test-1" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_seen_on_their_object_and_repetitions_become_a_count()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        var client = await cluster.AdminAsync(Ct);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var recorder = new EventRecorder(server.MeddledApi(time), Options, time, NullLogger.Instance);
        var pod = Target(server, "web-0");
        recorder.Record(pod, EventType.Warning, "FailedAssociateEIP", "busy", related: Target(server, "other"));
        var first = Assert.Single(await EventsAsync(1));
        Assert.Equal(("Warning", "FailedAssociateEIP", "busy", "podeip.io/controller", "test-1"), (first.Type, first.Reason, first.Note, first.ReportingController, first.ReportingInstance));
        Assert.Equal(("web-0", pod.Uid, "other"), (first.Regarding.Name, first.Regarding.Uid, first.Related.Name));
        Assert.Null(first.Series);
        // kubectl reads events through the core group.
        Assert.Equal("busy", Assert.Single((await client.CoreV1.ListNamespacedEventAsync(server.Space, fieldSelector: "involvedObject.name=web-0", cancellationToken: Ct)).Items).Message);

        recorder.Record(pod, EventType.Warning, "FailedAssociateEIP", "busy", related: Target(server, "other"));
        recorder.Record(pod, EventType.Warning, "FailedAssociateEIP", "busy", related: Target(server, "other"));
        recorder.Record(pod, EventType.Normal, "AssociatedEIP", "done");
        Assert.Null((await EventsAsync(2)).Single(e => e.Reason == "FailedAssociateEIP").Series);
        time.Advance(TimeSpan.FromMinutes(1));
        await CountAsync(3);
        recorder.Record(pod, EventType.Warning, "FailedAssociateEIP", "busy", related: Target(server, "other"));
        time.Advance(TimeSpan.FromMinutes(1));
        await CountAsync(4);

        // After the window the same words are a new event.
        time.Advance(TimeSpan.FromMinutes(10));
        recorder.Record(pod, EventType.Warning, "FailedAssociateEIP", "busy", related: Target(server, "other"));
        Assert.Equal(2, (await EventsAsync(3)).Count(e => e.Reason == "FailedAssociateEIP"));

        Task<List<Eventsv1Event>> EventsAsync(int count) => Eventually.BecomesAsync(
            async token => (await client.EventsV1.ListNamespacedEventAsync(server.Space, cancellationToken: token)).Items.ToList(),
            events => events.Count == count,
            cancellation: Ct);

        Task CountAsync(int count) => Eventually.BecomesTrueAsync(async token =>
            (await client.EventsV1.ListNamespacedEventAsync(server.Space, cancellationToken: token)).Items.Any(e => e.Series?.Count == count));
    }

    [Fact]
    public async Task Beyond_a_burst_events_take_turns_and_warnings_go_first()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        var client = await cluster.AdminAsync(Ct);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var recorder = new EventRecorder(server.MeddledApi(time), Options with { Burst = 2, PerSecond = 1 }, time, NullLogger.Instance);
        for (var i = 0; i < 10; i++)
        {
            recorder.Record(Target(server, $"web-{i}"), EventType.Normal, "AssociatedEIP", "done");
        }

        await CountAsync(2);
        recorder.Record(Target(server, "web-10"), EventType.Warning, "FailedAssociateEIP", "busy");
        Assert.Equal(2, (await ListAsync(Ct)).Count);
        await Eventually.BecomesTrueAsync(
            async token =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return (await ListAsync(token)).Any(e => e.Type == "Warning");
            },
            cancellation: Ct);

        // At the end nobody waits.
        await recorder.DisposeAsync();
        await CountAsync(11);

        // Four writers had one each in their hands when it came; it went before all others.
        Assert.NotEqual("Warning", (await ListAsync(Ct)).MaxBy(e => long.Parse(e.Metadata.ResourceVersion, System.Globalization.CultureInfo.InvariantCulture))!.Type);

        async Task<IList<Eventsv1Event>> ListAsync(CancellationToken token) => (await client.EventsV1.ListNamespacedEventAsync(server.Space, cancellationToken: token)).Items;

        Task CountAsync(int count) => Eventually.BecomesAsync(ListAsync, events => events.Count == count, cancellation: Ct);
    }

    [Fact]
    public async Task A_deleted_event_goes_on_in_a_new_one_and_long_notes_are_cut()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        var client = await cluster.AdminAsync(Ct);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var recorder = new EventRecorder(server.MeddledApi(time), Options, time, NullLogger.Instance);
        var note = string.Concat(Enumerable.Repeat("地址", 400));
        recorder.Record(Target(server, "a"), EventType.Normal, "AllocatedEIP", note);
        var first = await OnlyAsync();
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(first.Note), 1020, 1024);
        Assert.StartsWith(first.Note[..^1], note, StringComparison.Ordinal);
        await client.EventsV1.DeleteNamespacedEventAsync(first.Metadata.Name, server.Space, cancellationToken: Ct);
        recorder.Record(Target(server, "a"), EventType.Normal, "AllocatedEIP", note);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await OnlyAsync()).Series.Count);

        async Task<Eventsv1Event> OnlyAsync() => (await Eventually.BecomesAsync(
            async token => (await client.EventsV1.ListNamespacedEventAsync(server.Space, cancellationToken: token)).Items.ToList(),
            events => events.Count == 1,
            cancellation: Ct))[0];
    }

    [Fact]
    public async Task Disposal_writes_what_is_waiting_and_overload_and_refusals_are_counted()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        var client = await cluster.AdminAsync(Ct);
        var observer = new Counter();
        var options = Options with { Capacity = 3 };
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var recorder = new EventRecorder(server.MeddledApi(time), options, time, NullLogger.Instance, observer);
        server.Meddler.Hangs = true;
        for (var i = 0; i < 5; i++)
        {
            recorder.Record(Target(server, "a"), EventType.Normal, "AllocatedEIP", $"note {i}");
        }

        Assert.Equal(2, observer.Of("Overload"));
        var disposing = recorder.DisposeAsync().AsTask();
        await Eventually.BecomesTrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return disposing.IsCompleted;
        });
        await disposing;
        Assert.Equal(3, observer.Of("Shutdown"));
        recorder.Record(Target(server, "a"), EventType.Normal, "AllocatedEIP", "too late");
        Assert.Equal(4, observer.Of("Shutdown"));

        server.Meddler.Hangs = false;
        await using (var flushing = new EventRecorder(server.Api, Options with { FlushLimit = TimeSpan.FromMinutes(1) }, TimeProvider.System, NullLogger.Instance, observer))
        {
            flushing.Record(Target(server, "a"), EventType.Normal, "AllocatedEIP", "first");
            flushing.Record(Target(server, "a"), EventType.Normal, "AllocatedEIP", "second");
            flushing.Record(Target(server, "a"), EventType.Normal, "AllocatedEIP", "second");
            flushing.Record(new EventTarget("v1", "Pod", new ObjectKey("nowhere", "x"), "u"), EventType.Normal, "AllocatedEIP", "no such namespace");
        }

        Assert.Equal(1, observer.Of("Refused"));
        var events = (await client.EventsV1.ListNamespacedEventAsync(server.Space, cancellationToken: Ct)).Items;
        Assert.Equal(["first", "second"], events.Select(e => e.Note).Order());
    }

    private static EventTarget Target(Server server, string pod) => new("v1", "Pod", new ObjectKey(server.Space, pod), $"uid-of-{pod}");

    private sealed class Counter : IEventRecorderObserver
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, int> _dropped = [];

        public int Of(string why)
        {
            lock (_lock)
            {
                return _dropped.GetValueOrDefault(why);
            }
        }

        public void Written(EventType type, string reason)
        {
        }

        public void Dropped(string why)
        {
            lock (_lock)
            {
                _dropped[why] = Of(why) + 1;
            }
        }
    }
}
