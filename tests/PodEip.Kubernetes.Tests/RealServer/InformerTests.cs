using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Patches;
using PodEip.Kubernetes.Tests.Fakes;
using PodEip.Kubernetes.Tests.Watching;
using PodEip.Kubernetes.Watching;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Kubernetes.Tests.RealServer;

public sealed class InformerTests(ControlPlaneFixture cluster)
{
    private static readonly InformerOptions Ours = RunningInformer.Quick with { LabelSelector = "color" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_lists_by_pages_and_follows_every_change_in_order()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        for (var i = 0; i < 7; i++)
        {
            await server.CreateAsync($"old-{i}", "grey", Ct);
        }

        await using var running = new RunningInformer(server.Api, server.Maps, Ours with { PageSize = 3 });
        await running.SyncedAsync();
        Assert.Equal(7, running.Informer.Store.Count);
        await server.CreateAsync("a", "red", Ct);
        await PaintAsync(server, "a", "green");
        await PaintAsync(server, "a", "ignore");
        await PaintAsync(server, "a", "blue");
        Assert.True(await server.Api.DeleteAsync(server.Map("a"), null, null, Ct));
        await Eventually.BecomesAsync(_ => Task.FromResult(running.Listener.Heard.Skip(7).ToList()), heard => heard.Count == 5);
        Assert.Equal(["a: none -> red", "a: red -> green", "a: green gone", "a: none -> blue", "a: blue gone"], running.Listener.Heard.Skip(7));
        Assert.Equal(1, running.Lists);
    }

    [Fact]
    public async Task What_happened_while_the_network_was_cut_is_caught_up_without_a_new_list()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        await server.CreateAsync("a", "red", Ct);
        await server.CreateAsync("b", "green", Ct);
        await using var running = new RunningInformer(server.MeddledApi(), server.Maps, Ours);
        await Eventually.BecomesTrueAsync(() => running.Watches == 1);
        server.Meddler.IsDown = true;
        server.Meddler.Cut();
        await server.Api.DeleteAsync(server.Map("a"), null, null, Ct);
        await PaintAsync(server, "b", "blue");
        await Eventually.BecomesTrueAsync(() => running.Failures.Count > 2);
        server.Meddler.IsDown = false;
        await Eventually.BecomesAsync(_ => Task.FromResult(running.Colors), colors => colors.Count == 1 && colors["b"] == "blue");
        Assert.Equal(["a: red gone", "b: green -> blue"], running.Listener.Heard.Skip(2));
        Assert.Equal(1, running.Lists);
    }

    [Fact]
    public async Task A_version_the_server_no_longer_keeps_is_answered_by_a_new_list_that_notices_deletions()
    {
        // Without its cache of recent events the server asks etcd, which it compacts every second.
        await using var plane = await TemporaryControlPlane.StartAsync(o => o with { ApiServerArguments = ["--watch-cache=false", "--etcd-compaction-interval=1s"] }, Ct);
        using var server = Server.Of(plane.Plane, "default");
        var first = await server.CreateAsync("a", "red", Ct);
        await server.CreateAsync("b", "green", Ct);
        await using var running = new RunningInformer(server.MeddledApi(), server.Maps, Ours);
        await Eventually.BecomesTrueAsync(() => running.Watches == 1);
        server.Meddler.IsDown = true;
        server.Meddler.Cut();
        await server.Api.DeleteAsync(server.Map("a"), null, null, Ct);
        var old = new Uri(server.Root, $"{server.Maps}?watch=true&timeoutSeconds=1&resourceVersion={first.Metadata.ResourceVersion}".TrimStart('/'));
        await Eventually.BecomesAsync(token => server.Direct.GetStringAsync(old, token), answer => answer.Contains("\"Expired\"", StringComparison.Ordinal) || answer.Contains("410", StringComparison.Ordinal), cancellation: Ct);
        // Compaction has passed the informer's version too once something newer is out of reach.
        await PaintAsync(server, "b", "blue");
        var painted = (await server.Api.GetAsync(server.Map("b"), ThingJson.Default.Thing, Ct))!.Metadata.ResourceVersion;
        var newer = new Uri(server.Root, $"{server.Maps}?watch=true&timeoutSeconds=1&resourceVersion={painted}".TrimStart('/'));
        await Eventually.BecomesAsync(
            async token =>
            {
                await PaintAsync(server, "b", Guid.NewGuid().ToString());
                return await server.Direct.GetStringAsync(newer, token);
            },
            answer => answer.Contains("\"Expired\"", StringComparison.Ordinal) || answer.Contains("410", StringComparison.Ordinal),
            cancellation: Ct);
        server.Meddler.IsDown = false;
        await Eventually.BecomesAsync(_ => Task.FromResult(running.Colors), colors => colors.Count == 1);
        Assert.Contains(running.Failures, reason => reason is "Expired" or "Gone");
        Assert.Equal(2, running.Lists);
        Assert.Equal("a: red gone", running.Listener.Heard[2]);
    }

    [Fact]
    public async Task A_kind_that_is_not_there_is_reported_as_such()
    {
        using var server = await Server.StartAsync(cluster, Ct);
        await using var running = new RunningInformer(server.Api, ResourcePath.Group("nobody.podeip.io", "v1", "things", server.Space));
        await Eventually.BecomesTrueAsync(() => !running.Informer.IsServed);
        Assert.False(running.Informer.HasSynced);
    }

    private static Task PaintAsync(Server server, string name, string color)
        => server.Api.PatchAsync(server.Map(name), PatchKind.Merge, new MergePatch().Label("color", color).ToBytes(), ThingJson.Default.Thing, Ct);
}
