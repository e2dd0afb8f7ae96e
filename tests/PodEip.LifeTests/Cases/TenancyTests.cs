using PodEip.Api;
using PodEip.CloudSim.Model;
using PodEip.Scenes;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>B17: the owner of an address says in the cloud which namespaces may name it.</summary>
[Collection(Stage.Alone)]
public sealed class TenancyTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    private static readonly SceneOptions Open = new() { Name = "tenancy", Cvms = 2, Resync = "2s" };
    private static readonly SceneOptions Closed = new() { Name = "tenancy-closed", Cvms = 2, Resync = "2s", Flags = "--given=TaggedOnly" };

    private static void Tag(Scene scene, string id, string? value) => scene.Model.ChangeAddress(
        id, a => a with { Tags = value is null ? ElasticAddress.NoTags : ElasticAddress.NoTags.Add("podeip-namespaces", value) });

    [Fact]
    public async Task A_tag_opens_an_address_to_the_namespaces_it_lists()
    {
        var (scene, space) = await OpenAsync("tenant", Open);
        string[] ids = [.. Enumerable.Range(0, 5).Select(_ => scene.GiveAddress().Id)];
        Tag(scene, ids[0], $"{space}+another");
        Tag(scene, ids[1], "_all");
        Tag(scene, ids[2], "another");
        Tag(scene, ids[3], $"{space},another");
        await scene.CreateAllAsync(space, Enumerable.Range(0, 5).Select(i => Pods.Given($"pod{i}", ids[i])), Ct);
        foreach (var i in (int[])[0, 1, 4])
        {
            Assert.Equal(ids[i], (await scene.BoundAsync(space, $"pod{i}", Ct)).Address!.Id);
        }

        foreach (var (i, value) in new[] { (2, "another"), (3, $"{space},another") })
        {
            var refused = await scene.WaitsForAsync(space, $"pod{i}", Reasons.AddressForbidden, Ct);
            var message = refused.Claim!.Status.Condition(ConditionTypes.Ready)!.Message;
            Assert.All([ids[i], "podeip-namespaces", value, "_all"], word => Assert.Contains(word, message, StringComparison.Ordinal));
            Assert.Contains("podeip-namespaces", (await scene.EventAsync(space, "Pod", $"pod{i}", EventReasons.FailedAllocateEIP, Ct)).Message, StringComparison.Ordinal);
            Assert.Null(refused.Claim.Status.AddressId);
        }

        // Opened, it is taken; closed, it stays with the Pod that has it.
        Tag(scene, ids[2], space);
        Tag(scene, ids[0], "another");
        await scene.SeesAsync(space, "pod2", sight => sight.IsBound, Ct, TimeSpan.FromSeconds(60));
        Assert.True((await scene.LookAsync(space, "pod0", Ct)).IsBound);

        // The next Pod of the name is judged anew.
        await scene.EndPodAsync(space, "pod0", Ct);
        await scene.GoneAsync(space, "pod0", Ct);
        await scene.CreateAsync(space, Pods.Given("pod0", ids[0]), Ct);
        await scene.WaitsForAsync(space, "pod0", Reasons.AddressForbidden, Ct);
    }

    [Fact]
    public async Task Where_only_tagged_ones_may_be_named_an_untagged_one_is_refused()
    {
        var (scene, space) = await OpenAsync("tenant", Closed);
        string[] ids = [scene.GiveAddress().Id, scene.GiveAddress().Id];
        Tag(scene, ids[1], "_all");
        await scene.CreateAllAsync(space, [Pods.Given("untagged", ids[0]), Pods.Given("tagged", ids[1])], Ct);
        await scene.BoundAsync(space, "tagged", Ct);
        var refused = await scene.WaitsForAsync(space, "untagged", Reasons.AddressForbidden, Ct);
        Assert.Contains("--given=TaggedOnly", refused.Claim!.Status.Condition(ConditionTypes.Ready)!.Message, StringComparison.Ordinal);
        Tag(scene, ids[0], space);
        await scene.SeesAsync(space, "untagged", sight => sight.IsBound, Ct, TimeSpan.FromSeconds(60));
    }
}
