using System.Globalization;
using System.Text.Json.Nodes;
using PodEip.CloudSim.Model;
using PodEip.Kubernetes.Objects;

namespace PodEip.CloudSim.Machines.Nodes;

/// <summary>Writes Node objects and their conditions.</summary>
internal static class NodeBody
{
    /// <summary>The object a kubelet registers.</summary>
    public static JsonObject New(Machine machine, MachineSettings settings, string region, DateTimeOffset now)
    {
        var spec = new JsonObject { ["providerID"] = ProviderId(machine) };
        if (settings.Taint is { } taint)
        {
            spec["taints"] = new JsonArray(Taint(taint));
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Node",
            ["metadata"] = new JsonObject { ["name"] = machine.Name, ["labels"] = Labels(machine, region) },
            ["spec"] = spec,
            ["status"] = Status(machine, settings, now),
        };
    }

    public static string ProviderId(Machine machine) => $"qcloud:///{machine.Cvm.Zone}/{machine.Cvm.Id}";

    /// <summary>The whole status: addresses, capacity, conditions.</summary>
    public static JsonObject Status(Machine machine, MachineSettings settings, DateTimeOffset now)
    {
        var status = Conditions(machine.IsUp, now);
        status["addresses"] = new JsonArray(
            new JsonObject { ["type"] = "InternalIP", ["address"] = machine.Ip },
            new JsonObject { ["type"] = "Hostname", ["address"] = machine.Name });
        status["capacity"] = Capacity(machine.Cvm, settings);
        status["allocatable"] = Capacity(machine.Cvm, settings);
        status["nodeInfo"] = new JsonObject
        {
            ["architecture"] = "amd64",
            ["operatingSystem"] = "linux",
            ["osImage"] = "podeip-cloudsim",
            ["kernelVersion"] = "none",
            ["kubeletVersion"] = "v1.20.0-podeip-cloudsim",
            ["kubeProxyVersion"] = "",
            ["containerRuntimeVersion"] = "sim://1.0",
            ["machineID"] = machine.Cvm.Id,
            ["systemUUID"] = machine.Cvm.Id,
            ["bootID"] = machine.Cvm.Id,
        };
        return status;
    }

    /// <summary>The conditions alone, which is what heartbeats carry: capacity that others publish stays as it is.</summary>
    public static JsonObject Conditions(bool isUp, DateTimeOffset now) => new()
    {
        ["conditions"] = new JsonArray(
            Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", isUp, now),
            Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", isUp, now),
            Condition("PIDPressure", "False", "KubeletHasSufficientPID", isUp, now),
            Condition("Ready", "True", "KubeletReady", isUp, now)),
    };

    private static JsonObject Condition(string type, string healthy, string reason, bool isUp, DateTimeOffset now)
    {
        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = isUp ? healthy : "Unknown",
            ["reason"] = isUp ? reason : "NodeStatusUnknown",
            ["message"] = isUp ? "simulated" : "Kubelet stopped posting node status.",
            ["lastTransitionTime"] = MicroTime.FormatSeconds(now),
        };
        if (isUp)
        {
            condition["lastHeartbeatTime"] = MicroTime.FormatSeconds(now);
        }

        return condition;
    }

    private static JsonObject Labels(Machine machine, string region) => new()
    {
        ["kubernetes.io/hostname"] = machine.Name,
        ["kubernetes.io/os"] = "linux",
        ["kubernetes.io/arch"] = "amd64",
        ["topology.kubernetes.io/region"] = region,
        ["topology.kubernetes.io/zone"] = machine.Cvm.Zone,
        ["node.kubernetes.io/instance-type"] = machine.Cvm.InstanceType,
        ["sim.podeip.io/hollow"] = "true",
    };

    private static JsonObject Capacity(Cvm cvm, MachineSettings settings)
    {
        var capacity = new JsonObject
        {
            ["cpu"] = Text(cvm.Cpu),
            ["memory"] = Text(cvm.Memory) + "Gi",
            ["ephemeral-storage"] = "100Gi",
            ["pods"] = Text(settings.PodsPerNode),
            [settings.Prefix + "eni-ip"] = Text(settings.EniIpsPerNode),
            [settings.Prefix + "direct-eni"] = Text(settings.DirectEnisPerNode),
        };
        if (settings.OfferEips)
        {
            capacity[settings.Prefix + "eip"] = Text(settings.EipsPerNode ?? Math.Max(0, (cvm.PublicIpLimit ?? PublicIpLimits.For(cvm.Cpu)) - 1));
        }

        return capacity;
    }

    private static JsonObject Taint(string text)
    {
        var (key, effect) = (text[..text.LastIndexOf(':')], text[(text.LastIndexOf(':') + 1)..]);
        var taint = new JsonObject { ["key"] = key.Split('=')[0], ["effect"] = effect };
        if (key.Contains('=', StringComparison.Ordinal))
        {
            taint["value"] = key[(key.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        return taint;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
