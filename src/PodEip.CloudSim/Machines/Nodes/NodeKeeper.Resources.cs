using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using PodEip.CloudSim.Machines.Objects;

namespace PodEip.CloudSim.Machines.Nodes;

/// <content>What kubelets and device plugins do to the <c>eip</c> of a Node.</content>
internal sealed partial class NodeKeeper
{
    /// <summary>
    /// Starts a kubelet anew as after the loss of its checkpoint: extended resources that no device plugin of its own offers are set to zero.
    /// </summary>
    /// <returns>False when there is no such machine.</returns>
    public bool RestartKubelet(string name) => Change(name, machine => machine.IsRestarting = true);

    /// <summary>Deletes the Node and registers it anew: another object, with nothing of what others wrote on it.</summary>
    /// <returns>False when there is no such machine.</returns>
    public bool RegisterAnew(string name) => Change(name, machine => machine.IsRegisteringAnew = true);

    /// <summary>Lets a device plugin offer <c>eip</c>, or end: its kubelet puts the number back whenever somebody changes it.</summary>
    /// <param name="name">The Node.</param>
    /// <param name="eips">How many; null for no plugin.</param>
    /// <returns>False when there is no such machine.</returns>
    public bool SetDevicePlugin(string name, int? eips) => Change(name, machine => machine.PluginEips = eips);

    private bool Change(string name, Action<Machine> change)
    {
        if (!_machines.TryGetValue(name, out var machine))
        {
            return false;
        }

        change(machine);
        _wake.Release();
        return true;
    }

    private async Task ForgetNodeAsync(Machine machine, CancellationToken ct)
    {
        if (machine.IsRegisteringAnew)
        {
            await api.DeleteAsync(Path(machine.Name), preconditions: null, propagation: null, ct);
            machine.IsRegisteringAnew = false;
            machine.ShownUp = null;

            // The new object has nothing of an ended plugin's to put to zero.
            machine.HadPlugin = false;
            LogRegistersAnew(machine.Name);
        }
    }

    private async Task PlayResourcesAsync(Machine machine, CancellationToken ct)
    {
        if (machine.IsRestarting)
        {
            await PatchStatusAsync(machine, Eips("0"), ct);
            machine.IsRestarting = false;
            LogRestarted(machine.Name);
        }

        if (machine.PluginEips is { } eips)
        {
            machine.HadPlugin = true;
            var number = eips.ToString(CultureInfo.InvariantCulture);
            var node = await api.GetAsync(Path(machine.Name), MachineJsonContext.Default.JsonObject, ct);
            if ((string?)node?["status"]?["capacity"]?[settings().Prefix + "eip"] != number || (string?)node["status"]?["allocatable"]?[settings().Prefix + "eip"] != number)
            {
                await PatchStatusAsync(machine, Eips(number), ct);
            }
        }
        else if (machine.HadPlugin)
        {
            await PatchStatusAsync(machine, Eips("0"), ct);
            machine.HadPlugin = false;
        }
    }

    private JsonObject Eips(string number) => new()
    {
        ["capacity"] = new JsonObject { [settings().Prefix + "eip"] = number },
        ["allocatable"] = new JsonObject { [settings().Prefix + "eip"] = number },
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "The kubelet of {Node} starts anew: its extended resources are zero")]
    private partial void LogRestarted(string node);

    [LoggerMessage(Level = LogLevel.Information, Message = "The Node {Node} registers anew")]
    private partial void LogRegistersAnew(string node);
}
