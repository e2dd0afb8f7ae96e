using System.Globalization;
using System.Text.Json;
using PodEip.Kubernetes.Objects;

namespace PodEip.CloudSim.Machines.Pods;

/// <summary>Writes the strategic merge patches of <c>pods/status</c> that kubelets send. The UID in them keeps a namesake untouched.</summary>
internal static class PodStatusPatch
{
    public static ReadOnlyMemory<byte> Creating(PodRun run, string hostIp, DateTimeOffset now) => Build(run, json =>
    {
        Start(json, "Pending", hostIp, run, now);
        Conditions(json, now, ready: false, containersReady: false, "ContainersNotReady");
        Containers(json, run, ready: false, started: false, (state, _) =>
        {
            state.WriteStartObject("waiting");
            state.WriteString("reason", "ContainerCreating");
            state.WriteEndObject();
        });
    });

    public static ReadOnlyMemory<byte> Running(PodRun run, string hostIp, DateTimeOffset now) => Build(run, json =>
    {
        Start(json, "Running", hostIp, run, now);
        Conditions(json, now, run.Pod.GatesAreTrue, containersReady: true, "ReadinessGatesNotReady");
        Containers(json, run, ready: true, started: true, (state, _) =>
        {
            state.WriteStartObject("running");
            state.WriteString("startedAt", MicroTime.FormatSeconds(run.StartedAt));
            state.WriteEndObject();
        });
    });

    public static ReadOnlyMemory<byte> Ready(PodRun run, bool ready, DateTimeOffset now) => Build(run, json =>
        Conditions(json, now, ready, containersReady: true, "ReadinessGatesNotReady"));

    /// <param name="run">The Pod.</param>
    /// <param name="phase"><c>Succeeded</c> or <c>Failed</c> for one that ended by itself; null leaves the phase, as for one that is being deleted.</param>
    /// <param name="exitCode">Of every container.</param>
    /// <param name="now">The time.</param>
    public static ReadOnlyMemory<byte> Ended(PodRun run, string? phase, int exitCode, DateTimeOffset now) => Build(run, json =>
    {
        if (phase is not null)
        {
            json.WriteString("phase", phase);
        }

        Conditions(json, now, ready: false, containersReady: false, phase == "Succeeded" ? "PodCompleted" : "ContainersNotReady");
        Containers(json, run, ready: false, started: false, (state, name) =>
        {
            state.WriteStartObject("terminated");
            state.WriteNumber("exitCode", exitCode);
            state.WriteString("reason", exitCode == 0 ? "Completed" : "Error");
            state.WriteString("startedAt", MicroTime.FormatSeconds(run.StartedAt));
            state.WriteString("finishedAt", MicroTime.FormatSeconds(now));
            state.WriteString("containerID", ContainerId(run, name));
            state.WriteEndObject();
        });
    });

    private static void Start(Utf8JsonWriter json, string phase, string hostIp, PodRun run, DateTimeOffset now)
    {
        json.WriteString("phase", phase);
        json.WriteString("hostIP", hostIp);
        json.WriteString("startTime", MicroTime.FormatSeconds(now));
        if (run.Ip is { } ip)
        {
            json.WriteString("podIP", ip);
            json.WriteStartArray("podIPs");
            json.WriteStartObject();
            json.WriteString("ip", ip);
            json.WriteEndObject();
            json.WriteEndArray();
        }
    }

    private static void Conditions(Utf8JsonWriter json, DateTimeOffset now, bool ready, bool containersReady, string reason)
    {
        json.WriteStartArray("conditions");
        Condition(json, "Initialized", holds: true, now, reason: null);
        Condition(json, "ContainersReady", containersReady, now, containersReady ? null : "ContainersNotReady");
        Condition(json, "Ready", ready, now, ready ? null : reason);
        json.WriteEndArray();
    }

    private static void Condition(Utf8JsonWriter json, string type, bool holds, DateTimeOffset now, string? reason)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("status", holds ? "True" : "False");
        json.WriteString("lastTransitionTime", MicroTime.FormatSeconds(now));
        json.WriteString("reason", reason);
        json.WriteEndObject();
    }

    private static void Containers(Utf8JsonWriter json, PodRun run, bool ready, bool started, Action<Utf8JsonWriter, string> state)
    {
        json.WriteStartArray("containerStatuses");
        foreach (var container in run.Pod.Containers)
        {
            json.WriteStartObject();
            json.WriteString("name", container.Name);
            json.WriteString("image", container.Image ?? "");
            json.WriteString("imageID", "");
            json.WriteBoolean("ready", ready);
            json.WriteBoolean("started", started);
            json.WriteNumber("restartCount", 0);
            if (run.Step >= PodStep.Addressed)
            {
                json.WriteString("containerID", ContainerId(run, container.Name));
            }

            json.WriteStartObject("state");
            state(json, container.Name);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string ContainerId(PodRun run, string container) => string.Create(CultureInfo.InvariantCulture, $"sim://{run.Pod.Uid}-{container}");

    private static ReadOnlyMemory<byte> Build(PodRun run, Action<Utf8JsonWriter> status)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            json.WriteString("uid", run.Pod.Uid);
            json.WriteEndObject();
            json.WriteStartObject("status");
            status(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
