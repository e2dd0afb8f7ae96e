using PodEip.CloudSim.Model;

namespace PodEip.NodeTests.Cloud;

/// <summary>Settings of the cloud that are changed for one test.</summary>
internal sealed class ChangedSettings : IAsyncDisposable
{
    private readonly CloudModel _model;
    private readonly CloudSettings _before;

    public ChangedSettings(CloudModel model, Func<CloudSettings, CloudSettings> change)
    {
        (_model, _before) = (model, model.Settings);
        model.Settings = change(_before);
    }

    /// <summary>Sets them back.</summary>
    public ValueTask DisposeAsync()
    {
        _model.Settings = _before;
        return ValueTask.CompletedTask;
    }
}
