namespace PodEip.Kubernetes.Api;

/// <summary>The patch formats of the API server.</summary>
public enum PatchKind
{
    /// <summary>JSON merge patch (RFC 7386): lists are replaced, null removes.</summary>
    Merge,

    /// <summary>JSON patch (RFC 6902): a list of operations, <c>test</c> included.</summary>
    JsonPatch,

    /// <summary>Server-side apply; conflicts are forced, as controllers should.</summary>
    Apply,

    /// <summary>Strategic merge patch: lists merge by key (a Pod's conditions by type). Built-in kinds only.</summary>
    Strategic,
}
