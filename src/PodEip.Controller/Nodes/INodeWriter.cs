using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Nodes;

/// <summary>Writes Nodes' capacity.</summary>
public interface INodeWriter
{
    /// <summary>Sets the resource in a Node's capacity and allocatable, or removes it from both.</summary>
    /// <param name="node">The Node; another one of its name is left alone.</param>
    /// <param name="value">How many; null removes it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The Node's version since; null when it is gone, or another one has its name.</returns>
    /// <exception cref="KubeApiException">The server refused, or could not be reached.</exception>
    Task<string?> WriteAsync(NodeRecord node, int? value, CancellationToken cancellationToken);
}
