using System.Net;
using System.Net.Sockets;
using PodEip.Claims.Nodes;
using PodEip.Controller.Cluster;

namespace PodEip.Controller.Nodes;

/// <summary>Makes the record a store keeps of a Node.</summary>
/// <param name="resource">Name of the extended resource.</param>
public sealed class NodeProjection(string resource)
{
    /// <summary>The record of a Node; null for an object without name or UID.</summary>
    public NodeRecord? Project(NodeObject node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node.Metadata is not { Name: { Length: > 0 } name, Uid: { Length: > 0 } uid })
        {
            return null;
        }

        var ip = node.Status?.Addresses?.FirstOrDefault(a => a is { Type: "InternalIP" } && IsIPv4(a.Address))?.Address;
        return new NodeRecord
        {
            Name = name,
            Uid = uid,
            ResourceVersion = node.Metadata.ResourceVersion,
            Identity = NodeIdentity.Of(name, node.Spec?.ProviderID, ip),
            Capacity = node.Status?.Capacity?.GetValueOrDefault(resource),
            Allocatable = node.Status?.Allocatable?.GetValueOrDefault(resource),
            IsEnding = node.Metadata.IsTerminating,
        };
    }

    private static bool IsIPv4(string? text) =>
        text is not null && IPAddress.TryParse(text, out var ip) && ip.AddressFamily is AddressFamily.InterNetwork && ip.ToString() == text;
}
