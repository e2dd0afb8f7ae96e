using Xunit;

namespace PodEip.Scenes;

/// <summary>Base of tests that share the scene of <see cref="SceneOptions.Shared"/> and keep to a namespace of their own.</summary>
public abstract class SharedScene(Stage stage)
{
    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The scene, and a namespace of this test.</summary>
    private protected async Task<(Scene Scene, string Space)> OpenAsync(string hint)
    {
        var scene = await stage.SceneAsync(SceneOptions.Shared, Ct);
        return (scene, await scene.NamespaceAsync(hint, Ct));
    }
}
