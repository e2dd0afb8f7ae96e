using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PodEip.Controller.Admission;

/// <summary><c>admission.k8s.io/v1</c> as the API server sends it, and as it wants the answer. Untrusted: anything may be missing.</summary>
public sealed record AdmissionReview
{
    /// <summary>The one version that is understood.</summary>
    public const string Version = "admission.k8s.io/v1";

    /// <summary>Group and version.</summary>
    public string? ApiVersion { get; init; }

    /// <summary><c>AdmissionReview</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>What is asked.</summary>
    public AdmissionRequest? Request { get; init; }

    /// <summary>What is answered.</summary>
    public AdmissionResponse? Response { get; init; }
}

/// <summary>A write that is about to happen.</summary>
public sealed record AdmissionRequest
{
    /// <summary>To be sent back.</summary>
    public string? Uid { get; init; }

    /// <summary>Kind of the object.</summary>
    public AdmissionKind? Kind { get; init; }

    /// <summary><c>status</c> and the like; null or empty for the object itself.</summary>
    public string? SubResource { get; init; }

    /// <summary><c>CREATE</c>, <c>UPDATE</c>, <c>DELETE</c> or <c>CONNECT</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>Namespace of the object.</summary>
    public string? Namespace { get; init; }

    /// <summary>The object as it is to be.</summary>
    [JsonPropertyName("object")]
    public JsonElement Now { get; init; }

    /// <summary>The object as it is, at an update.</summary>
    [JsonPropertyName("oldObject")]
    public JsonElement Before { get; init; }
}

/// <summary>Group, version and kind.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Version">E.g. <c>v1</c>.</param>
/// <param name="Kind">E.g. <c>Pod</c>.</param>
public sealed record AdmissionKind(string? Group, string? Version, string? Kind);

/// <summary>The answer.</summary>
/// <param name="Uid">The request's.</param>
/// <param name="Allowed">It may happen.</param>
/// <param name="Status">Why not; null when it may.</param>
/// <param name="Warnings">Shown to the author by kubectl.</param>
/// <param name="PatchType"><c>JSONPatch</c> with a patch.</param>
/// <param name="Patch">A JSON patch (RFC 6902), in base64 as Kubernetes has it.</param>
public sealed record AdmissionResponse(string Uid, bool Allowed, AdmissionStatus? Status = null, IReadOnlyList<string>? Warnings = null, string? PatchType = null, byte[]? Patch = null);

/// <summary>Why something is refused.</summary>
/// <param name="Code">The HTTP code the author's client sees.</param>
/// <param name="Reason">A word for programs.</param>
/// <param name="Message">For the author.</param>
public sealed record AdmissionStatus(int Code, string Reason, string Message);

/// <summary>JSON of admission reviews.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AdmissionReview))]
[JsonSerializable(typeof(JsonArray))]
internal sealed partial class AdmissionJson : JsonSerializerContext;
