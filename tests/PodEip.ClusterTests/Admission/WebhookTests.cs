using System.Text.Json.Nodes;
using PodEip.Controller.Admission.Certificates;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Admission;

/// <summary>B7 as an author of YAML sees it: what kubectl says.</summary>
public sealed class WebhookTests(ControlPlaneFixture planes) : IAsyncLifetime
{
    private WebhookCluster _cluster = null!;
    private volatile int _answers;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await WebhookCluster.OpenAsync(planes, Ct);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static string Pod(string name, string attributes, string spec = "") => $$"""
        apiVersion: v1
        kind: Pod
        metadata:
          name: {{name}}
          annotations:
            tke.cloud.tencent.com/eip-attributes: '{{attributes}}'
        spec:
          schedulerName: nobody
          automountServiceAccountToken: false
          {{spec}}
          containers:
          - name: c
            image: busybox
        """;

    private static string StatefulSet(string name, string annotation, int replicas) => $$"""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: {{name}}
        spec:
          replicas: {{replicas}}
          serviceName: ""
          selector: { matchLabels: { app: {{name}} } }
          template:
            metadata:
              labels: { app: {{name}} }
              annotations:
                {{annotation}}
            spec:
              schedulerName: nobody
              containers:
              - name: c
                image: busybox
        """;

    private Task BadIsRefusedAsync() => Eventually.BecomesAsync(
        token => _cluster.ApplyAsync(Pod("bad", """{"ISP":"XYZ"}"""), token, "--dry-run=server"), answer => !answer.Done, description: "the webhook to be asked", cancellation: Ct);

    [Fact]
    public async Task The_author_of_what_cannot_work_is_told_so_and_good_Pods_get_what_they_need()
    {
        await BadIsRefusedAsync();
        var (done, words) = await _cluster.ApplyAsync(Pod("bad", """{"ISP":"XYZ"}"""), Ct);
        Assert.False(done);
        Assert.StartsWith("The request is invalid: ", words, StringComparison.Ordinal);
        Assert.Contains("admission webhook \"pods.validate.podeip.io\" denied the request: ", words, StringComparison.Ordinal);
        Assert.Contains("annotation tke.cloud.tencent.com/eip-attributes: ISP is \"XYZ\"", words, StringComparison.Ordinal);
        Assert.Contains("BGP", words, StringComparison.Ordinal);
        Assert.Contains("take out hostNetwork", (await _cluster.ApplyAsync(Pod("host", "", "hostNetwork: true"), Ct)).Words, StringComparison.Ordinal);

        // The author of a workload sees it, not only its controller's log.
        var list = await _cluster.ApplyAsync(StatefulSet("bad", "tke.cloud.tencent.com/eip-id-list: 'eip-1,,eip-2'", 2), Ct);
        Assert.False(list.Done);
        Assert.Contains("entry 2 is empty", list.Words, StringComparison.Ordinal);
        var brief = await _cluster.ApplyAsync(StatefulSet("brief", "tke.cloud.tencent.com/eip-id-list: 'eip-1'", 2), Ct);
        Assert.True(brief.Done, brief.Words);
        Assert.Contains("Warning: annotation tke.cloud.tencent.com/eip-id-list names 1 addresses for 2 Pods", brief.Words, StringComparison.Ordinal);

        var good = await _cluster.ApplyAsync(Pod("good", """{"Bandwidth":"10"}"""), Ct, "-o", "json");
        Assert.True(good.Done, good.Words);
        var stored = JsonNode.Parse(good.Words[good.Words.IndexOf('{', StringComparison.Ordinal)..])!["spec"]!;
        Assert.Equal(("1", "1"), ((string?)stored["containers"]![0]!["resources"]!["limits"]!["tke.cloud.tencent.com/eip"], (string?)stored["containers"]![0]!["resources"]!["requests"]!["tke.cloud.tencent.com/eip"]));
        Assert.Equal("podeip.io/bound", (string?)stored["readinessGates"]![0]!["conditionType"]);

        // Its outage blocks nobody.
        await _cluster.StopAsync();
        var unasked = await _cluster.ApplyAsync(Pod("unasked", """{"ISP":"XYZ"}"""), Ct);
        Assert.True(unasked.Done, unasked.Words);
    }

    [Fact]
    public async Task Certificates_are_rotated_under_load_and_no_answer_is_lost()
    {
        // Certificates of long ago, about to be renewed; none is ever dated later than the API server's own clock.
        await _cluster.ForgetCertificatesAsync(Ct);
        await LookAsync(TimeSpan.FromDays(-245));
        var first = await LookAsync(TimeSpan.FromDays(-61));
        await BadIsRefusedAsync();

        // Fail shows each call that would be lost.
        await _cluster.SetFailurePolicyAsync("Fail", Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var load = LoadAsync(stop.Token);
        var announced = await UnderLoadAsync(TimeSpan.FromMinutes(-70), load);
        var signed = await UnderLoadAsync(TimeSpan.FromMinutes(-5), load);
        var dropped = await UnderLoadAsync(TimeSpan.FromMinutes(56), load);
        await stop.CancelAsync();
        await load;
        Assert.Equal((first.Serving, 1, 2, 2, 1), (announced.Serving, first.Trusted, announced.Trusted, signed.Trusted, dropped.Trusted));
        Assert.NotEqual(first.Serving, signed.Serving);
        Assert.Equal(signed.Serving, dropped.Serving);
    }

    [Fact]
    public async Task Replicas_that_begin_at_once_come_to_one_certificate_and_a_broken_Secret_is_healed()
    {
        await _cluster.ForgetCertificatesAsync(Ct);
        var shown = Enumerable.Range(0, 4).Select(_ => new ServingCertificate()).ToList();
        await Task.WhenAll(shown.Select(serving => _cluster.NewKeeper(serving).LookAsync(Ct)));
        Assert.Single(shown.Select(serving => serving.Current!.Thumbprint).Distinct());

        await _cluster.BreakCertificatesAsync(Ct);
        await _cluster.Keeper.LookAsync(Ct);
        Assert.NotEqual(shown[0].Current!.Thumbprint, _cluster.Serving.Current!.Thumbprint);
        await BadIsRefusedAsync();
    }

    private async Task<(string Serving, int Trusted)> LookAsync(TimeSpan by)
    {
        _cluster.Time.By = by;
        await _cluster.Keeper.LookAsync(Ct);
        return (_cluster.Serving.Current!.Thumbprint, await _cluster.TrustedAsync(Ct));
    }

    private async Task<(string Serving, int Trusted)> UnderLoadAsync(TimeSpan by, Task load)
    {
        var seen = await LookAsync(by);
        var before = _answers;
        await Eventually.BecomesTrueAsync(() => load.IsCompleted || _answers >= before + 4, description: "answers with the new certificate", cancellation: Ct);
        return seen;
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var fine = await _cluster.ApplyAsync(Pod("good", ""), Ct, "--dry-run=server");
            Assert.True(fine.Done, fine.Words);
            var wrong = await _cluster.ApplyAsync(Pod("bad", """{"ISP":"XYZ"}"""), Ct, "--dry-run=server");
            Assert.True(wrong.Words.Contains("ISP is", StringComparison.Ordinal) && !wrong.Done, wrong.Words);
            Interlocked.Add(ref _answers, 2);
        }
    }
}
