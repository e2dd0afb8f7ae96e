using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Fabric;

/// <summary>
/// The cloud's network for real: CVMs, the VPC's router and a host on the internet as network namespaces of this machine, kept as the model
/// says. Needs root.
/// </summary>
internal sealed class CloudFabric : IAsyncDisposable
{
    // What falls due in the model happens when somebody looks; a look that finds nothing new costs a lock.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    private readonly CloudModel _model;
    private readonly FabricApplier _applier;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private WorldHost? _world;
    private Task _following = Task.CompletedTask;

    private CloudFabric(CloudModel model, FabricOptions options, INetworkTools tools, TimeProvider time) =>
        (_model, _applier, _time) = (model, new FabricApplier(options, tools), time);

    /// <summary>Ends, faulted, when the network can't be kept.</summary>
    public Task Running => Task.WhenAny(_following, _world!.Running).Unwrap();

    /// <summary>Where its parts are.</summary>
    public FabricView View => _applier.View;

    /// <summary>The version of the model that the network shows.</summary>
    public long Version { get; private set; } = -1;

    /// <summary>What reached the host on the internet.</summary>
    public IReadOnlyList<Visit> Visits(long after) => _world!.Visits(after);

    /// <summary>Builds the network of the present state and follows the model from then on.</summary>
    /// <exception cref="FabricException">It can't be built.</exception>
    public static async Task<CloudFabric> StartAsync(CloudModel model, FabricOptions options, TimeProvider time, INetworkTools tools, CancellationToken cancellation)
    {
        if (model.Vpcs.Count != 1)
        {
            throw new FabricException($"--fabric has one router: the cloud must hold one VPC, and holds {model.Vpcs.Count}.");
        }

        var fabric = new CloudFabric(model, options, tools, time);
        try
        {
            await fabric._applier.BuildAsync([.. model.Vpcs.Select(vpc => vpc.Cidr)], cancellation);
            fabric._world = await WorldHost.StartAsync(new NetworkNamespace(options.WorldNamespace), time);
            await fabric.FollowOnceAsync(cancellation);
            fabric._following = fabric.FollowAsync();
            return fabric;
        }
        catch
        {
            // No half-built network may stay.
            await fabric.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the network down.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_world is not null)
        {
            await _world.DisposeAsync();
        }

        await _applier.DeleteAsync();
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(LookEvery, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            // A change is carried out whole, or the network would be left between two states.
            await FollowOnceAsync(CancellationToken.None);
        }
    }

    private async Task FollowOnceAsync(CancellationToken cancellation)
    {
        _ = _model.NextTransition; // settles what is due, so that the version shows it
        if (_model.Version == Version)
        {
            return;
        }

        var version = _model.Version;
        await _applier.ApplyAsync(FabricPlanner.Plan(_model.TakeSnapshot()), cancellation);
        Version = version;
    }
}
