namespace PodEip.Kubernetes.Events;

/// <summary>The object an event is about.</summary>
/// <param name="ApiVersion">Group and version, e.g. <c>v1</c>, <c>podeip.io/v1</c>.</param>
/// <param name="Kind">Kind, e.g. <c>Pod</c>.</param>
/// <param name="Key">Namespace and name. Events of cluster-scoped objects are stored in <c>kube-system</c>.</param>
/// <param name="Uid">The object's UID; <c>kubectl describe</c> shows only events that carry it.</param>
public sealed record EventTarget(string ApiVersion, string Kind, ObjectKey Key, string Uid);
