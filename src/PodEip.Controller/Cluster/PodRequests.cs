using System.Globalization;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Cluster;

/// <summary>What a Pod asks its Node for, as scheduler and kubelet reckon it.</summary>
internal static class PodRequests
{
    private const int Most = 1_000_000;

    /// <summary>
    /// Its containers and sidecars together; or what its init containers take at most, each beside the sidecars started before it.
    /// </summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="resource">An extended resource.</param>
    public static int Of(PodObject pod, string resource)
    {
        long sidecars = 0;
        long start = 0;
        foreach (var container in pod.Spec?.InitContainers ?? [])
        {
            var one = Request(container, resource);
            if (container?.RestartPolicy is "Always")
            {
                sidecars += one;
                start = Math.Max(start, sidecars);
            }
            else
            {
                start = Math.Max(start, sidecars + one);
            }
        }

        long run = sidecars;
        foreach (var container in pod.Spec?.Containers ?? [])
        {
            run += Request(container, resource);
        }

        return (int)Math.Min(Most, Math.Max(start, run));
    }

    private static int Request(PodObjectContainerSpec? container, string resource) =>
        container?.Resources?.Requests is { } requests && requests.TryGetValue(resource, out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Math.Min(count, Most)
            : 0;
}
