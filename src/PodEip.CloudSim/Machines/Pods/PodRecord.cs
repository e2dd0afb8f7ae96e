using System.Globalization;
using PodEip.Kubernetes;

namespace PodEip.CloudSim.Machines.Pods;

/// <summary>A Pod of one of our machines, as last seen.</summary>
internal sealed record PodRecord
{
    /// <summary>Annotation: containers end by themselves this long after starting, e.g. <c>5s</c>. Not for Pods that restart always.</summary>
    public const string ExitAfterAnnotation = "sim.podeip.io/exit-after";

    /// <summary>Annotation: with this code; 0 by default.</summary>
    public const string ExitCodeAnnotation = "sim.podeip.io/exit-code";

    public required ObjectKey Key { get; init; }

    public required string Uid { get; init; }

    public required string NodeName { get; init; }

    public required IReadOnlyList<PodContainer> Containers { get; init; }

    public bool IsDeleting { get; init; }

    public TimeSpan Grace { get; init; }

    public bool HostNetwork { get; init; }

    public string? Networks { get; init; }

    public bool HasFixedIp { get; init; }

    public string Phase { get; init; } = "Pending";

    public string? PodIp { get; init; }

    /// <summary>All readiness gates are true.</summary>
    public bool GatesAreTrue { get; init; }

    /// <summary>It is shown as ready.</summary>
    public bool IsReady { get; init; }

    public TimeSpan? ExitAfter { get; init; }

    public int ExitCode { get; init; }

    public bool HasEnded => Phase is "Succeeded" or "Failed";

    public static PodRecord? Of(PodObject pod, string prefix, Func<string, bool> isOurs)
    {
        if (pod.Spec is not { NodeName: { Length: > 0 } node } spec || !isOurs(node))
        {
            return null;
        }

        var annotations = pod.Metadata.Annotations;
        var conditions = pod.Status?.Conditions ?? [];
        return new PodRecord
        {
            Key = pod.Metadata.Key,
            Uid = pod.Metadata.Uid ?? "",
            NodeName = node,
            Containers = spec.Containers ?? [],
            IsDeleting = pod.Metadata.IsTerminating,
            Grace = TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? 0),
            HostNetwork = spec.HostNetwork,
            Networks = annotations?.GetValueOrDefault(prefix + "networks"),
            HasFixedIp = annotations?.GetValueOrDefault(prefix + "vpc-ip-claim-delete-policy") == "Never",
            Phase = pod.Status?.Phase is { Length: > 0 } phase ? phase : "Pending",
            PodIp = pod.Status?.PodIP is { Length: > 0 } ip ? ip : null,
            GatesAreTrue = (spec.ReadinessGates ?? []).All(gate => conditions.Any(c => c.Type == gate.ConditionType && c.Status == "True")),
            IsReady = conditions.Any(c => c is { Type: "Ready", Status: "True" }),
            ExitAfter = spec.RestartPolicy is "Always" or null ? null : Duration(annotations?.GetValueOrDefault(ExitAfterAnnotation)),
            ExitCode = int.TryParse(annotations?.GetValueOrDefault(ExitCodeAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0,
        };
    }

    private static TimeSpan? Duration(string? text) => text switch
    {
        null => null,
        _ when text.EndsWith("ms", StringComparison.Ordinal) => Number(text[..^2]) is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        _ when text.EndsWith('s') => Number(text[..^1]) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        _ when text.EndsWith('m') => Number(text[..^1]) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        _ => null,
    };

    private static double? Number(string text)
        => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e6 ? number : null;
}
