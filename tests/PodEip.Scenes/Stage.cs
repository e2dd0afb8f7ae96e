using PodEip.TestKit.ControlPlane;

namespace PodEip.Scenes;

/// <summary>
/// One control plane for all tests with a controller, and one scene on it at a time: two controllers would act on the same Pods. Tests of a scene that
/// isn't there have it changed, so they are not to run at once: those of <see cref="SceneOptions.Shared"/> are, all others are in <see cref="Alone"/>.
/// </summary>
public sealed class Stage : IAsyncDisposable
{
    /// <summary>Collection of the tests that run one after another.</summary>
    public const string Alone = "alone on the stage";

    /// <summary>Collection of the tests that stop parts of the control plane: it has a stage, and a control plane, of its own.</summary>
    public const string Outages = "outages";

    private readonly SemaphoreSlim _changing = new(1);
    private TemporaryControlPlane? _plane;
    private Scene? _scene;

    /// <summary>The scene of these options; another one is cleared away first.</summary>
    internal async Task<Scene> SceneAsync(SceneOptions options, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            if (_scene is not null && _scene.Options != options)
            {
                await ClearAsync();
            }

            _plane ??= await TemporaryControlPlane.StartAsync(cancellation: cancellation);
            return _scene ??= await Scene.OpenAsync(_plane.Plane, options, cancellation);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Clears the present scene away, so that the next test has a fresh one.</summary>
    internal async Task ClearAsync()
    {
        var scene = _scene;
        _scene = null;
        if (scene is not null)
        {
            await scene.DisposeAsync();
        }
    }

    /// <summary>Ends the control plane; what is on it goes with it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_scene is not null)
        {
            await _scene.EndAsync();
        }

        if (_plane is not null)
        {
            await _plane.DisposeAsync();
        }

        _changing.Dispose();
    }
}
