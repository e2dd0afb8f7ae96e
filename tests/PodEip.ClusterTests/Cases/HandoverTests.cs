using System.Globalization;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;
using k8s.Models;

namespace PodEip.ClusterTests.Cases;

/// <summary>
/// A private IP that goes from one Pod to the next at once, as VPC-CNI does without fixed IPs: how long the next Pod's IP still carries
/// the address of the one before.
/// </summary>
[Collection(Stage.Alone)]
public sealed class HandoverTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly SceneOptions OnDelete = SceneOptions.Troubled with { Name = "ondelete", Flags = "--unbind=OnDelete" };

    // The longest the simulator takes from accepting a write to showing it, and the same for a call: the two cloud round trips of an unbinding.
    private static readonly TimeSpan RoundTrip = SceneOptions.Plenty.UnbindingTime;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OnExit_the_old_address_is_off_within_two_cloud_round_trips(bool annotated)
    {
        var (scene, space) = await OpenAsync("handover", SceneOptions.Troubled);
        await scene.CreateAsync(space, Pods.New("old").On(scene.Node(0)), Ct);
        var old = await scene.BoundAsync(space, "old", Ct);

        // The old Pod's containers end a moment before the next Pod is given its IP.
        scene.Machines.Delays = SceneOptions.Brisk with { Stop = TimeSpan.FromMilliseconds(500), Sandbox = TimeSpan.Zero, Ip = TimeSpan.FromMilliseconds(800) };
        var watching = WatchAsync(scene, space, old.Address!);
        await scene.DeletePodAsync(space, "old", Ct);
        await scene.CreateAsync(space, Next(annotated).On(scene.Node(0)), Ct);
        var (window, _) = await watching;
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(annotated ? "annotated" : "plain")} Pod: its IP carried the old address for {window.TotalMilliseconds:0} ms (unbinding takes the cloud {RoundTrip.TotalMilliseconds:0} ms)"));
        Assert.InRange(window, TimeSpan.Zero, 2 * RoundTrip);
        await AfterwardsAsync(scene, space, old, annotated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OnDelete_with_a_grace_period_longer_than_unbinding_leaves_no_window(bool annotated)
    {
        var (scene, space) = await OpenAsync("handover", OnDelete);
        await scene.CreateAsync(space, Pods.New("old").On(scene.Node(0)), Ct);
        var old = await scene.BoundAsync(space, "old", Ct);

        scene.Machines.Delays = SceneOptions.Brisk with { Stop = TimeSpan.FromSeconds(4), Sandbox = TimeSpan.Zero, Ip = TimeSpan.FromSeconds(5) };
        var watching = WatchAsync(scene, space, old.Address!);
        await scene.DeletePodAsync(space, "old", Ct);
        await scene.CreateAsync(space, Next(annotated).On(scene.Node(0)), Ct);
        var (window, early) = await watching;
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(annotated ? "annotated" : "plain")} Pod: the old address was off {early.TotalMilliseconds:0} ms before its IP was given to the next Pod"));
        Assert.Equal(TimeSpan.Zero, window);
        await AfterwardsAsync(scene, space, old, annotated);
    }

    [Fact]
    public async Task OnDelete_a_fixed_Pod_keeps_its_address_and_shows_none_while_it_ends()
    {
        var (scene, space) = await OpenAsync("handover", OnDelete);
        await scene.CreateStatefulSetAsync(space, "web", 1, Pods.Annotations(isFixed: true), Ct);
        var old = await scene.BoundAsync(space, "web-0", Ct);
        scene.Machines.Delays = SceneOptions.Brisk with { Stop = TimeSpan.FromSeconds(4) };
        await scene.DeletePodAsync(space, "web-0", Ct);
        var ending = await scene.SeesAsync(space, "web-0", sight => sight is { Address.Status: AddressStatus.Unbind, PublicIp: null }, Ct);
        Assert.Equal(old.Pod!.Metadata.Uid, ending.Pod!.Metadata.Uid);
        var next = await scene.SeesAsync(space, "web-0", sight => sight.IsBound && sight.Pod!.Metadata.Uid != old.Pod!.Metadata.Uid, Ct);
        Assert.Equal(old.Address!.Id, next.Address!.Id);
    }

    private static V1Pod Next(bool annotated) => Pods.New("next", attributes: annotated ? "" : null, change: pod => pod.Spec = Pods.Spec(needsAddress: annotated));

    /// <summary>Watches the private IP of an address until the next Pod has it and the address is off it.</summary>
    /// <returns>How long the next Pod had both, and else how long before it the address was off.</returns>
    private static async Task<(TimeSpan Window, TimeSpan Early)> WatchAsync(Scene scene, string space, ElasticAddress address)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        long? off = null, handed = null;
        while (off is null || handed is null)
        {
            if (handed is null && scene.Machines.Machines.Any(machine => machine.Pods.Any(pod => pod.Pod == $"{space}/next" && pod.Ip == address.PrivateIp)))
            {
                handed = time.GetTimestamp();
            }

            if (off is null && scene.Model.AddressAt(address.EniId!, address.PrivateIp!)?.Id != address.Id)
            {
                off = time.GetTimestamp();
            }

            if (time.GetElapsedTime(start) > Eventually.DefaultLimit)
            {
                throw new EventuallyException($"{address.PrivateIp}: handed on: {handed is not null}; {address.Id} is off: {off is not null}", null);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), time, Ct);
        }

        var window = time.GetElapsedTime(handed.Value, off.Value);
        return window > TimeSpan.Zero ? (window, TimeSpan.Zero) : (TimeSpan.Zero, -window);
    }

    private static async Task AfterwardsAsync(Scene scene, string space, Sight old, bool annotated)
    {
        await scene.GoneAsync(space, "old", Ct);
        if (annotated)
        {
            var next = await scene.BoundAsync(space, "next", Ct);
            Assert.Equal(old.Address!.PrivateIp, next.Address!.PrivateIp);
            Assert.NotEqual(old.Address.Id, next.Address.Id);
        }
        else
        {
            var next = await scene.SeesAsync(space, "next", sight => sight.Pod?.Status.Phase == "Running", Ct);
            Assert.Equal((old.Address!.PrivateIp, null), (next.Pod!.Status.PodIP, next.PublicIp));
            Assert.Null(scene.Model.AddressAt(old.Address.EniId!, old.Address.PrivateIp!));
        }

        await Eventually.BecomesTrueAsync(() => scene.Model.FindAddress(old.Address!.Id) is null, description: "the old address to be released", cancellation: Ct);
    }
}
