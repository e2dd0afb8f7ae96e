using Microsoft.AspNetCore.Builder;
using PodEip.CloudSim.Machines;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Control;

internal sealed partial class ControlFace
{
    /// <summary>The machines, once they have joined a cluster.</summary>
    public MachineFleet? Machines { get; set; }

    private MachineFleet Joined => Machines ?? throw new CloudFault("ResourceNotFound", "There are no machines: this simulator has joined no cluster (--join).");

    private void MapMachines(WebApplication app)
    {
        Route(app, "GET", "/machines", http => WriteAsync(http, Joined.Machines, Json.IReadOnlyListMachineView));
        Route(app, "GET", "/machines/{id}", http => WriteAsync(http, RequireMachine(Id(http)), Json.MachineView));
        Route(app, "POST", "/machines/{id}/lose", http => Joined.Lose(Id(http)) ? Task.CompletedTask : throw NoMachine(Id(http)));
        Route(app, "POST", "/machines/{id}/return", http => Joined.Return(Id(http)) ? Task.CompletedTask : throw NoMachine(Id(http)));
        Route(app, "POST", "/machines/{id}/restart-kubelet", http => Joined.RestartKubelet(Id(http)) ? Task.CompletedTask : throw NoMachine(Id(http)));
        Route(app, "POST", "/machines/{id}/register-anew", http => Joined.RegisterAnew(Id(http)) ? Task.CompletedTask : throw NoMachine(Id(http)));
        Route(app, "PUT", "/machines/{id}/device-plugin", async http =>
        {
            var plugin = await ReadAsync(http, Json.DevicePlugin);
            if (!Joined.SetDevicePlugin(Id(http), plugin.Eips))
            {
                throw NoMachine(Id(http));
            }
        });
        Route(app, "GET", "/machine-delays", http => WriteAsync(http, Joined.Delays, Json.MachineDelays));
        Route(app, "PATCH", "/machine-delays", async http =>
        {
            Joined.Delays = await MergeAsync(http, Joined.Delays, Json.MachineDelays);
            await WriteAsync(http, Joined.Delays, Json.MachineDelays);
        });
    }

    private MachineView RequireMachine(string node) => Joined.Machines.FirstOrDefault(machine => machine.Node == node) ?? throw NoMachine(node);

    private static CloudFault NoMachine(string node) => new("ResourceNotFound", $"There is no machine `{node}`.");
}
