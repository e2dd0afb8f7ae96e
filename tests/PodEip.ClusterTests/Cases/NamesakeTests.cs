using PodEip.CloudSim.Model;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Cases;

/// <summary>A Pod's name is not the Pod: an old one that still ends must not harm the new one (B11).</summary>
[Collection(Stage.Alone)]
public sealed class NamesakeTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_namesake_takes_over_while_the_old_Pod_still_ends_elsewhere(bool isFixed)
    {
        var (scene, space) = await OpenAsync("namesake", SceneOptions.Troubled);
        await scene.CreateAsync(space, Pods.New("pod", isFixed: isFixed).On(scene.Node(0)), Ct);
        var old = await scene.BoundAsync(space, "pod", Ct);

        // Its machine is lost and its object removed by force: its containers run on, and hold their IP.
        scene.Machines.Lose(scene.Node(0));
        await scene.ForceDeletePodAsync(space, "pod", Ct);
        await scene.CreateAsync(space, Pods.New("pod", isFixed: isFixed).On(scene.Node(1)), Ct);
        var now = await scene.SeesAsync(space, "pod", sight => sight.IsBound && sight.Pod!.Metadata.Uid != old.Pod!.Metadata.Uid, Ct);
        if (isFixed)
        {
            Assert.Equal(old.Address!.Id, now.Address!.Id);
        }

        // The machine returns, and the old Pod's end is played out at last.
        scene.Machines.Return(scene.Node(0));
        await Eventually.BecomesTrueAsync(() => scene.Machines.Machines.Single(machine => machine.Node == scene.Node(0)).Pods.Count == 0, cancellation: Ct);
        await Eventually.BecomesTrueAsync(() => scene.OwnAddresses is [var only] && only.Id == now.Address!.Id, description: "one address", cancellation: Ct);
        var after = await scene.BoundAsync(space, "pod", Ct);
        Assert.Equal((now.Address!.Id, now.Claim!.Status.BoundAt, now.Pod!.Metadata.Uid), (after.Address!.Id, after.Claim!.Status.BoundAt, after.Pod!.Metadata.Uid));
        Assert.Null(scene.Model.AddressAt(old.Address!.EniId!, old.Address.PrivateIp!));
    }

    [Fact]
    public async Task A_StatefulSets_next_Pod_waits_for_the_old_one_and_binds_at_once()
    {
        var (scene, space) = await OpenAsync("namesake", SceneOptions.Troubled);
        await scene.CreateStatefulSetAsync(space, "web", 1, Pods.Annotations(isFixed: true), Ct);
        var old = await scene.BoundAsync(space, "web-0", Ct);
        scene.Machines.Delays = SceneOptions.Brisk with { Stop = TimeSpan.FromSeconds(2) };
        await scene.DeletePodAsync(space, "web-0", Ct);

        // It serves to the end: OnExit is the default.
        var ending = await scene.SeesAsync(space, "web-0", sight => sight.Pod?.Metadata.DeletionTimestamp is not null, Ct);
        Assert.Equal((AddressStatus.Bind, old.PublicIp), (ending.Address!.Status, ending.PublicIp));
        var next = await scene.SeesAsync(space, "web-0", sight => sight.IsBound && sight.Pod!.Metadata.Uid != old.Pod!.Metadata.Uid, Ct);
        Assert.Equal(old.Address!.Id, next.Address!.Id);
    }
}
