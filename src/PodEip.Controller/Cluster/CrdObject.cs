using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>The used part of a CustomResourceDefinition.</summary>
public sealed record CrdObject : IKubeObject
{
    /// <inheritdoc/>
    public ObjectMeta Metadata { get => field ?? new ObjectMeta(); init; }

    /// <summary>What is wanted.</summary>
    public CrdObjectSpec? Spec { get; init; }

    /// <summary>What the server made of it.</summary>
    public CrdObjectStatus? Status { get; init; }

    /// <summary>True when the server accepts objects of that version.</summary>
    public bool Serves(string version) =>
        (Spec?.Versions ?? []).Any(v => v.Name == version && v.Served)
        && (Status?.Conditions ?? []).Any(c => c is { Type: "Established", Status: "True" });
}

/// <summary>The used part of a CRD's spec.</summary>
/// <param name="Versions">The versions it defines.</param>
public sealed record CrdObjectSpec(IReadOnlyList<CrdObjectVersion>? Versions);

/// <summary>A version of a CRD.</summary>
/// <param name="Name">E.g. v1.</param>
/// <param name="Served">It can be read and written.</param>
public sealed record CrdObjectVersion(string? Name, bool Served);

/// <summary>The used part of a CRD's status.</summary>
/// <param name="Conditions">Its conditions.</param>
public sealed record CrdObjectStatus(IReadOnlyList<CrdObjectCondition>? Conditions);

/// <summary>A condition of a CRD.</summary>
/// <param name="Type">E.g. Established.</param>
/// <param name="Status">True, False or Unknown.</param>
/// <param name="Message">Why.</param>
public sealed record CrdObjectCondition(string? Type, string? Status, string? Message);
