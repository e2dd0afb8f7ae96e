namespace PodEip.Kubernetes.Api;

/// <summary>Which objects a list or watch is about.</summary>
/// <param name="LabelSelector">A label selector; null for all.</param>
/// <param name="FieldSelector">A field selector, e.g. <c>spec.nodeName=node-1</c>; null for all.</param>
public sealed record ListOptions(string? LabelSelector = null, string? FieldSelector = null);
