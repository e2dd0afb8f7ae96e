using PodEip.CloudSim.Model;
using PodEip.Kubernetes.Api;

namespace PodEip.CloudSim.Machines;

/// <summary>A fleet that has joined a cluster and runs until disposed.</summary>
internal sealed class JoinedMachines : IAsyncDisposable
{
    private readonly KubeConnection _connection;
    private readonly CancellationTokenSource _stop = new();

    private JoinedMachines(KubeConnection connection, MachineFleet fleet)
    {
        (_connection, Fleet) = (connection, fleet);
        Running = fleet.RunAsync(_stop.Token);
    }

    public MachineFleet Fleet { get; }

    /// <summary>Ends only with the reason why the machines can't go on, or when disposed.</summary>
    public Task Running { get; }

    /// <summary>Joins; returns when the CVMs are Nodes.</summary>
    /// <exception cref="IOException">The cluster can't be reached, or does not let us in.</exception>
    public static async Task<JoinedMachines> StartAsync(MachineJoin join, CloudModel model, TimeProvider time, CancellationToken ct)
    {
        JoinedMachines? machines = null;
        try
        {
            var connection = KubeConnection.Create(join.Kubeconfig, join.Context);
            var api = new KubeApi(connection, time, join.Logger, new KubeApiOptions { FieldManager = "podeip-cloudsim" });
            machines = new JoinedMachines(connection, new MachineFleet(api, model, join.Settings, join.Delays, time, join.Logger));
            await machines.Fleet.Joined.WaitAsync(ct);
            return machines;
        }
        catch (Exception e)
        {
            if (machines is not null)
            {
                await machines.DisposeAsync();
            }

            if (e is KubeConfigurationException or KubeApiException)
            {
                throw new IOException($"The machines can't join the cluster: {e.Message}", e);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // How it ended was for whoever waited on it.
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Fleet.Dispose();
        _connection.Dispose();
        _stop.Dispose();
    }
}
