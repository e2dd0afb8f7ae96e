using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Scenes;

/// <summary>Base of tests that run one after another, each alone on its scene.</summary>
public abstract class TroubledScene(Stage stage, ITestOutputHelper output)
{
    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected ITestOutputHelper Output => output;

    /// <summary>The scene of these options, empty, and a namespace of this test.</summary>
    private protected async Task<(Scene Scene, string Space)> OpenAsync(string hint, SceneOptions options)
    {
        var scene = await stage.SceneAsync(options, Ct);
        await scene.EmptyAsync(Ct);

        // Nobody waits for an address, so none is kept: also what the test before left behind.
        await Eventually.BecomesAsync(_ => Task.FromResult(scene.OwnAddresses), own => own.Count == 0, description: "no address to be left", cancellation: Ct);
        scene.Calls.Clear();
        return (scene, await scene.NamespaceAsync(hint, Ct));
    }
}
