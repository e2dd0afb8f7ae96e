using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Leadership;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Patches;
using PodEip.Kubernetes.Tests.Fakes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Kubernetes.Tests.RealServer;

public sealed class LeaderElectorTests(ControlPlaneFixture cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stopped_leader_releases_the_lease_and_the_next_takes_it_without_waiting_it_out()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        // An hour: the second one can only lead because the first one let go.
        await using var first = new Candidate(server.Api, server.Space, "first", TimeSpan.FromHours(1));
        await first.LeadsAsync();
        await using var second = new Candidate(server.Api, server.Space, "second", TimeSpan.FromHours(1));
        await Eventually.BecomesTrueAsync(() => second.Elector.ObservedLeader == "first");
        Assert.False(second.IsLeading);
        await first.StopAsync();
        await second.LeadsAsync();
        Assert.True(first.WorkEnded);
        Assert.False(first.Held!.IsHeld);
        Assert.True(second.Elector.IsLeader);
    }

    [Fact]
    public async Task A_lease_that_somebody_touched_is_released_all_the_same()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        await using var first = new Candidate(server.Api, server.Space, "first", TimeSpan.FromHours(1));
        await first.LeadsAsync();
        // As after a renewal that was written and whose answer the stop cut off: the version is not the one it knows.
        var path = ResourcePath.Group("coordination.k8s.io", "v1", "leases", server.Space, "test");
        await server.Api.PatchAsync(path, PatchKind.Merge, new MergePatch().Label("touched", "yes").ToBytes(), KubernetesJsonContext.Default.PartialObject, Ct);
        await first.StopAsync();
        await using var second = new Candidate(server.Api, server.Space, "second", TimeSpan.FromHours(1));
        await second.LeadsAsync();
    }

    [Fact]
    public async Task A_leader_that_was_stopped_in_its_tracks_knows_at_once_and_ends()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var leader = new Candidate(server.MeddledApi(time), server.Space, "leader", TimeSpan.FromSeconds(15), time);
        await leader.LeadsAsync();
        Assert.True(leader.Held!.MayStartCall(TimeSpan.FromSeconds(14.9)));
        Assert.False(leader.Held.MayStartCall(TimeSpan.FromSeconds(15)));
        server.Meddler.IsDown = true;
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(leader.Held.MayStartCall(TimeSpan.FromSeconds(13.9)));
        Assert.False(leader.Held.MayStartCall(TimeSpan.FromSeconds(14)));

        // As after SIGSTOP and SIGCONT: the clock has run on, no code has.
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(leader.Held.IsHeld);
        Assert.False(leader.Held.MayStartCall(TimeSpan.Zero));
        await Eventually.BecomesTrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return leader.Running.IsCompleted;
        });
        var lost = await Assert.ThrowsAsync<LeadershipLostException>(() => leader.Running);
        Assert.Contains(server.Space, lost.Message, StringComparison.Ordinal);
        Assert.True(leader.WorkCancelled);
    }

    [Fact]
    public async Task While_the_leader_hangs_nobody_leads_before_its_lease_is_over()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        var lease = TimeSpan.FromSeconds(6);
        await using var first = new Candidate(server.MeddledApi(), server.Space, "first", lease);
        await first.LeadsAsync();
        await using var second = new Candidate(server.Api, server.Space, "second", lease, onLead: () => first.Held!.IsHeld ? "both led" : null);
        await Eventually.BecomesTrueAsync(() => second.Elector.ObservedLeader == "first");
        server.Meddler.Hangs = true;
        await second.LeadsAsync();
        Assert.Null(second.Fault);
        await Assert.ThrowsAsync<LeadershipLostException>(() => first.Running.Soon());
    }

    [Fact]
    public async Task A_lease_that_another_took_is_lost()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        await using var leader = new Candidate(server.Api, server.Space, "leader", TimeSpan.FromHours(1));
        await leader.LeadsAsync();
        var path = ResourcePath.Group("coordination.k8s.io", "v1", "leases", server.Space, "test");
        await server.Api.PatchAsync(path, PatchKind.Merge, """{"spec":{"holderIdentity":"thief"}}"""u8.ToArray(), KubernetesJsonContext.Default.PartialObject, Ct);
        var lost = await Assert.ThrowsAsync<LeadershipLostException>(() => leader.Running.Soon());
        Assert.Contains("thief", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_touched_lease_is_not_lost_and_a_deleted_one_is_made_again()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        await using var leader = new Candidate(server.Api, server.Space, "leader", TimeSpan.FromHours(1));
        await leader.LeadsAsync();
        var path = ResourcePath.Group("coordination.k8s.io", "v1", "leases", server.Space, "test");
        await server.Api.PatchAsync(path, PatchKind.Merge, """{"metadata":{"labels":{"touched":"yes"}}}"""u8.ToArray(), KubernetesJsonContext.Default.PartialObject, Ct);
        await RenewedAsync();
        await server.Api.DeleteAsync(path, null, null, Ct);
        await RenewedAsync();
        Assert.True(leader.Elector.IsLeader);

        async Task RenewedAsync()
        {
            var before = await server.Api.GetAsync(path, KubernetesJsonContext.Default.PartialObject, Ct);
            await Eventually.BecomesTrueAsync(async token =>
                await server.Api.GetAsync(path, KubernetesJsonContext.Default.PartialObject, token) is { } now && now.Metadata.ResourceVersion != before?.Metadata.ResourceVersion);
        }
    }

    [Fact]
    public async Task Work_that_fails_releases_the_lease_and_shows_its_fault()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        await using var failing = new Candidate(server.Api, server.Space, "failing", TimeSpan.FromHours(1), onLead: () => throw new InvalidOperationException("of the test"));
        Assert.Equal("of the test", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing.Running.Soon())).Message);
        await using var next = new Candidate(server.Api, server.Space, "next", TimeSpan.FromHours(1));
        await next.LeadsAsync();
    }

    [Theory]
    [InlineData(10, 10, 2, "RenewDeadline")]
    [InlineData(15, 10, 9, "RetryPeriod")]
    [InlineData(0.5, 0.2, 0.1, "LeaseDuration")]
    public async Task Times_that_cannot_work_are_refused(double lease, double renew, double retry, string named)
    {
        using var server = await Server.StartAsync(cluster, Ct);
        var options = new LeaderElectionOptions
        {
            Namespace = "ns",
            Name = "n",
            Identity = "i",
            LeaseDuration = TimeSpan.FromSeconds(lease),
            RenewDeadline = TimeSpan.FromSeconds(renew),
            RetryPeriod = TimeSpan.FromSeconds(retry),
        };
        var error = Assert.Throws<ArgumentException>(() => new LeaderElector(server.Api, options, TimeProvider.System, NullLogger.Instance));
        Assert.StartsWith(named, error.Message, StringComparison.Ordinal);
    }

    /// <summary>A candidate whose work is to wait.</summary>
    private sealed class Candidate : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource _leads = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Candidate(KubeApi api, string space, string identity, TimeSpan lease, TimeProvider? time = null, Func<string?>? onLead = null)
        {
            var options = new LeaderElectionOptions
            {
                Namespace = space,
                Name = "test",
                Identity = identity,
                LeaseDuration = lease,
                RenewDeadline = lease * 2 / 3,
                RetryPeriod = time is null ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(2),
            };
            Elector = new LeaderElector(api, options, time ?? TimeProvider.System, NullLogger.Instance);
            Running = Elector.RunAsync(
                async (held, ct) =>
                {
                    Held = held;
                    Fault = onLead?.Invoke();
                    _leads.TrySetResult();
                    try
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
                    }
                    finally
                    {
                        WorkCancelled = ct.IsCancellationRequested;
                        WorkEnded = true;
                    }
                },
                _stop.Token);
        }

        public LeaderElector Elector { get; }

        public Task Running { get; }

        public ILeadership? Held { get; private set; }

        public string? Fault { get; private set; }

        public bool WorkCancelled { get; private set; }

        public bool WorkEnded { get; private set; }

        public bool IsLeading => _leads.Task.IsCompleted;

        public Task LeadsAsync() => _leads.Task.Soon();

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _stop.Dispose();
        }
    }
}
