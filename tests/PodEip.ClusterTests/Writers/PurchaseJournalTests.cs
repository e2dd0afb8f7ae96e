using PodEip.Api.Demands;
using PodEip.Claims.Stock;
using PodEip.Controller.Cluster;
using PodEip.Controller.Reconciling;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;
using PodEip.TestKit.ControlPlane;
using Xunit;

namespace PodEip.ClusterTests.Writers;

public sealed class PurchaseJournalTests(ControlPlaneFixture planes) : IAsyncLifetime
{
    private static readonly PurchaseIntent A = new("aaaaaaaa", 3, new AddressAttributes { BandwidthMbps = 5 }, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private static readonly PurchaseIntent B = A with { BatchId = "bbbbbbbb", Count = 10 };
    private WriterCluster _cluster = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Path => ResourcePath.Core("v1", "configmaps", _cluster.Namespace, "podeip-purchases-cls-1");

    public async ValueTask InitializeAsync() => _cluster = await WriterCluster.CreateAsync(planes, Cancellation);

    public ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        return ValueTask.CompletedTask;
    }

    private ConfigMapPurchaseJournal Journal(KubeApi? api = null) => new(api ?? _cluster.Controller, _cluster.Namespace, "cls-1");

    private async Task<IEnumerable<PurchaseIntent>> StoredAsync() => (await Journal().LoadAsync(Cancellation)).OrderBy(i => i.BatchId, StringComparer.Ordinal);

    [Fact]
    public async Task Open_purchases_are_kept_and_closed_ones_removed()
    {
        var journal = Journal();
        Assert.Empty(await journal.LoadAsync(Cancellation));
        await journal.SaveAsync([], Cancellation);
        Assert.Null(await _cluster.Admin.ReadAsync(Path, Cancellation));

        await journal.SaveAsync([A], Cancellation);
        Assert.Equal([A], await StoredAsync());
        await journal.SaveAsync([A, B], Cancellation);
        Assert.Equal([A, B], await StoredAsync());
        await journal.SaveAsync([B], Cancellation);
        Assert.Equal([B], await StoredAsync());
        await journal.SaveAsync([], Cancellation);
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task Two_controllers_at_work_are_noticed()
    {
        var (one, two) = (Journal(), Journal());
        await one.LoadAsync(Cancellation);
        await two.LoadAsync(Cancellation);
        await one.SaveAsync([A], Cancellation);
        await Assert.ThrowsAsync<WriteConflictException>(() => two.SaveAsync([B], Cancellation));
        await two.LoadAsync(Cancellation);
        await two.SaveAsync([A, B], Cancellation);
        await Assert.ThrowsAsync<WriteConflictException>(() => one.SaveAsync([], Cancellation));
        Assert.Equal([A, B], await StoredAsync());
    }

    [Fact]
    public async Task A_journal_that_somebody_deleted_is_a_conflict_until_it_is_loaded_again()
    {
        var journal = Journal();
        await journal.LoadAsync(Cancellation);
        await journal.SaveAsync([A], Cancellation);
        await _cluster.Admin.DeleteAsync(Path, null, null, Cancellation);
        await Assert.ThrowsAsync<WriteConflictException>(() => journal.SaveAsync([A, B], Cancellation));
        Assert.Empty(await journal.LoadAsync(Cancellation));
        await journal.SaveAsync([B], Cancellation);
        Assert.Equal([B], await StoredAsync());
    }

    [Fact]
    public async Task An_entry_that_cannot_be_read_stops_purchases_and_says_where_it_is()
    {
        await _cluster.Admin.ApplyAsync(Path, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"podeip-purchases-cls-1"},"data":{"cccccccc":"{\"count\":99}"}}""", Cancellation);
        var e = await Assert.ThrowsAsync<JournalUnreadableException>(() => Journal().LoadAsync(Cancellation));
        Assert.StartsWith($"ConfigMap {_cluster.Namespace}/podeip-purchases-cls-1: entry cccccccc: count is 99; want 1 to 10.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_saved_before_it_was_loaded() => await Assert.ThrowsAsync<InvalidOperationException>(() => Journal().SaveAsync([A], Cancellation));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_whose_answer_was_lost_does_not_look_like_somebody_elses(bool executed)
    {
        using var handler = new LosingAnswers(_cluster.AdminConnection.HttpClient, executed);
        using var http = new HttpClient(handler);
        using var connection = new KubeConnection(http, _cluster.AdminConnection.BaseUri);
        var journal = Journal(WriterCluster.Api(connection));
        await journal.LoadAsync(Cancellation);

        // The creation is lost, then a change.
        handler.LoseNextWrite = true;
        await Assert.ThrowsAsync<KubeApiException>(() => journal.SaveAsync([A], Cancellation));
        await journal.SaveAsync([A], Cancellation);
        Assert.Equal([A], await StoredAsync());
        handler.LoseNextWrite = true;
        await Assert.ThrowsAsync<KubeApiException>(() => journal.SaveAsync([A, B], Cancellation));
        await journal.SaveAsync([B], Cancellation);
        Assert.Equal([B], await StoredAsync());

        // Lost, and somebody else wrote: that is a conflict.
        handler.LoseNextWrite = true;
        await Assert.ThrowsAsync<KubeApiException>(() => journal.SaveAsync([A, B], Cancellation));
        var other = Journal();
        await other.LoadAsync(Cancellation);
        await other.SaveAsync([], Cancellation);
        await Assert.ThrowsAsync<WriteConflictException>(() => journal.SaveAsync([A, B], Cancellation));
    }

    /// <summary>Sends requests on, but breaks one write before or after the server has done it.</summary>
    private sealed class LosingAnswers(HttpClient server, bool executed) : HttpMessageHandler
    {
        public bool LoseNextWrite { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var lose = LoseNextWrite && request.Method != HttpMethod.Get;
            LoseNextWrite &= !lose;
            if (lose && !executed)
            {
                throw new HttpRequestException("broken on the way there");
            }

            using var copy = new HttpRequestMessage(request.Method, request.RequestUri);
            if (request.Content is { } content)
            {
                copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(cancellationToken));
                copy.Content.Headers.ContentType = content.Headers.ContentType;
            }

            var answer = await server.SendAsync(copy, cancellationToken);
            if (!lose)
            {
                return answer;
            }

            answer.Dispose();
            throw new HttpRequestException("broken on the way back");
        }
    }
}
