using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Teardown;

/// <summary>Whether a binding is this cluster's doing. Whatever this can't explain is bound outside, and is not undone (I2).</summary>
internal static class TeardownPlaces
{
    /// <summary>The explanation, for people; null for a binding outside.</summary>
    public static string? Explain(Address address, EipClaim? claim, TeardownView view)
    {
        if (address.Target is not { } target)
        {
            return null;
        }

        if (claim is not null && string.Equals(claim.Status.AddressId, address.Id, StringComparison.Ordinal) && claim.RecordedTarget() == target)
        {
            return $"bound for the claim {claim.Key}";
        }

        var isOwn = view.Mark.IsOn(address.Tags);
        if (PodAt(target, view) is { } pod)
        {
            // A given address may stand on somebody's Pod by its owner's hand: only the Pod whose claim names it counts.
            return isOwn || pod.Key == claim?.Key ? $"bound to the Pod {pod.Key}" : null;
        }

        // Left behind by a claim that is gone. A Node's first interface is the machine's own.
        return isOwn
            && view.Interfaces.TryGetValue(target.NetworkInterfaceId, out var found)
            && found is { IsPrimary: false, InstanceId: { } instance } && view.NodeInstances.Contains(instance)
                ? $"left on {target.PrivateIp} of the Node {instance}"
                : null;
    }

    private static PodPlace? PodAt(NetworkTarget target, TeardownView view)
    {
        if (!view.Interfaces.TryGetValue(target.NetworkInterfaceId, out var found) || (view.VpcId is { } vpc && found.VpcId != vpc))
        {
            return null;
        }

        return view.Pods.FirstOrDefault(p => p.PrivateIp == target.PrivateIp);
    }
}
