using System.Net;
using Microsoft.AspNetCore.Builder;
using PodEip.CloudSim.Control;
using PodEip.CloudSim.Fabric;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Http;
using PodEip.CloudSim.Machines;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Access;
using PodEip.CloudSim.State;

namespace PodEip.CloudSim;

/// <summary>A running simulator with all its faces, in this process.</summary>
public sealed class CloudSimHost : IAsyncDisposable
{
    private readonly List<Face> _faces = [];
    private readonly CancellationTokenSource _closing = new();
    private StateSaver? _saver;
    private JoinedMachines? _machines;
    private CloudFabric? _fabric;

    private CloudSimHost(SimulatedClock clock, CloudModel model, CloudGate gate) => (Clock, Model, Gate) = (clock, model, gate);

    /// <summary>The simulated clock.</summary>
    public SimulatedClock Clock { get; }

    /// <summary>The cloud.</summary>
    public CloudModel Model { get; }

    /// <summary>Rates, faults, call log.</summary>
    public CloudGate Gate { get; }

    /// <summary>The API, e.g. <c>http://127.0.0.1:40001/</c>.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>The control interface.</summary>
    public Uri ControlEndpoint => _faces[1].Endpoint;

    /// <summary>The metadata service.</summary>
    public Uri MetadataEndpoint => _faces[2].Endpoint;

    /// <summary>The machines; null when they join no cluster.</summary>
    public MachineFleet? Machines => _machines?.Fleet;

    /// <summary>What reached the host on the internet; nothing without a network.</summary>
    public IReadOnlyList<Visit> Visits => _fabric?.Visits(after: 0) ?? [];

    /// <summary>The version of the model that the network shows; null without a network.</summary>
    public long? NetworkVersion => _fabric?.Version;

    /// <summary>Completes, faulted, when the state can no longer be saved, or the machines or the network can't go on; never completes otherwise before disposal.</summary>
    public Task Failure
    {
        get
        {
            Task[] vital = [.. new[] { _saver?.Failure, _machines?.Running, _fabric?.Running }.OfType<Task>()];
            return vital.Length == 0 ? Task.Delay(Timeout.InfiniteTimeSpan, Clock) : Task.WhenAny(vital).Unwrap();
        }
    }

    /// <summary>Starts a simulator.</summary>
    /// <exception cref="IOException">A port cannot be used, the state cannot be read, or the cluster cannot be joined.</exception>
    /// <exception cref="CloudFault">The seed does not fit together.</exception>
    public static async Task<CloudSimHost> StartAsync(CloudSimOptions options, CancellationToken cancellationToken)
    {
        var file = options.StatePath is null ? null : new StateFile(options.StatePath);
        var state = file is null ? null : await file.LoadAsync(cancellationToken);
        var clock = new SimulatedClock(options.Clock) { Offset = state?.ClockOffset ?? TimeSpan.Zero };
        var host = state is null ? Fresh(options, clock) : Restored(state, clock);
        host.Model.Access.SetKey(new KeyPair(options.SecretId, options.SecretKey, ["*"]) { Deny = host.Model.Access.Find(options.SecretId)?.Deny ?? [] });
        if (options.RateMultiplier is { } multiplier)
        {
            host.Gate.Settings = host.Gate.Settings with { RateMultiplier = multiplier };
        }

        try
        {
            var control = new ControlFace(host.Gate, clock);
            var metadata = new MetadataFace(host.Gate);
            host._faces.Add(await host.ListenAsync(options.Listen, cancellationToken));
            host.Endpoint = host._faces[0].Endpoint;
            host._faces.Add(await Face.StartAsync(options.ControlListen, control.Map, cancellationToken));
            host._faces.Add(await Face.StartAsync(options.MetadataListen, app => app.MapFallback(metadata.HandleAsync), cancellationToken));
            host._saver = file is null ? null : new StateSaver(file, host.Version, host.TakeState, options.Clock);
            if (options.Fabric is { } fabric)
            {
                control.Fabric = host._fabric = await CloudFabric.StartAsync(host.Model, fabric, options.Clock, new NetworkTools(), cancellationToken);
            }

            if (options.Join is { } join)
            {
                host._machines = await JoinedMachines.StartAsync(join, host.Model, options.Clock, cancellationToken);
                control.Machines = host._machines.Fleet;
            }

            return host;
        }
        catch
        {
            // A port that is taken must not leave the others listening.
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops listening for the API: connections are cut, new ones refused. The cloud and its other faces go on.</summary>
    public async Task CloseApiAsync() => await _faces[0].DisposeAsync();

    /// <summary>Listens for the API again, on the same port.</summary>
    public async Task ReopenApiAsync(CancellationToken cancellationToken) =>
        _faces[0] = await ListenAsync(IPEndPoint.Parse(Endpoint.Authority), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        // First, so that nothing changes after the last save.
        if (_machines is not null)
        {
            await _machines.DisposeAsync();
        }

        if (_fabric is not null)
        {
            await _fabric.DisposeAsync();
        }

        foreach (var face in _faces)
        {
            await face.DisposeAsync();
        }

        _faces.Clear();
        if (Interlocked.Exchange(ref _saver, null) is { } saver)
        {
            await saver.DisposeAsync();
        }
    }

    private Task<Face> ListenAsync(IPEndPoint listen, CancellationToken cancellationToken)
    {
        var api = new ApiFace(Gate, _closing.Token);
        return Face.StartAsync(listen, app => app.Map("/", api.HandleAsync), cancellationToken);
    }

    private static CloudSimHost Fresh(CloudSimOptions options, SimulatedClock clock)
    {
        var model = new CloudModel(clock, options.Seed.Settings ?? options.Settings);
        options.Seed.ApplyTo(model);
        return new CloudSimHost(clock, model, new CloudGate(model, clock, options.Seed.Gate ?? options.Gate));
    }

    private static CloudSimHost Restored(SimulatorState state, SimulatedClock clock)
    {
        var model = CloudModel.Restore(clock, state.Cloud);
        var gate = new CloudGate(model, clock, state.Gate);
        foreach (var fault in state.Faults)
        {
            gate.Faults.Restore(fault);
        }

        return new CloudSimHost(clock, model, gate);
    }

    private SimulatorState TakeState() => new(Model.TakeSnapshot(), Clock.Offset, Gate.Settings, Gate.Faults.All);

    private long Version() => Model.Version + Model.Access.Version + Gate.Version + Gate.Faults.Version + Clock.Offset.Ticks;
}
