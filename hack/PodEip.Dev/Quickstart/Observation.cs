using PodEip.Api;
using PodEip.Api.Resources;

namespace PodEip.Dev.Quickstart;

/// <summary>What the cluster shows of the samples at one moment.</summary>
/// <param name="Expected">How many Pods the samples make.</param>
/// <param name="Pods">Their Pods, each with its claim.</param>
/// <param name="Claims">All claims of the cluster.</param>
internal sealed record Observation(int Expected, IReadOnlyList<ObservedPod> Pods, IReadOnlyList<EipClaim> Claims)
{
    /// <summary>Every Pod is there and has its address, and each thing that says so agrees.</summary>
    public bool IsDone => Pods.Count == Expected && Pods.All(pod => pod.IsBound);

    /// <summary>How many Pods have theirs.</summary>
    public int Bound => Pods.Count(pod => pod.IsBound);

    /// <summary>Looks once.</summary>
    public static async Task<Observation> TakeAsync(QuickstartCluster cluster, IReadOnlyList<Sample> samples, CancellationToken cancellation)
    {
        var claims = await cluster.ClaimsAsync(cancellation);
        var pods = new List<ObservedPod>();
        foreach (var sample in samples.Where(sample => sample.IsWorkload))
        {
            pods.AddRange((await cluster.PodsOfAsync(sample, cancellation)).Select(pod => new ObservedPod(
                pod, claims.FirstOrDefault(claim => claim.Metadata.Name == pod.Metadata.Name && claim.Metadata.Namespace == pod.Metadata.Namespace))));
        }

        return new(samples.Sum(sample => sample.Replicas), pods, claims);
    }
}

/// <summary>A Pod and its claim.</summary>
internal sealed record ObservedPod(PodObject Pod, EipClaim? Claim)
{
    private static readonly PodEipNames Names = new();

    /// <summary>The address that the Pod's annotation names.</summary>
    public string? PublicIp => Pod.Metadata.Annotations?.GetValueOrDefault(Names.EipPublicIp);

    /// <summary>The claim is bound to this very Pod, and the Pod carries its address.</summary>
    public bool IsBound => Claim is { Status: { Phase: ClaimPhase.Bound, PublicIp: { } ip } status } && status.PodUid == Pod.Metadata.Uid && PublicIp == ip;

    /// <summary>Why it is not: the claim's words, else the Pod's.</summary>
    public string Why => Claim is { Status.PodUid: { } uid } && uid != Pod.Metadata.Uid
        ? "the claim is still that of a former Pod of this name"
        : Claim?.Status.Condition(ConditionTypes.Ready) is { } ready
        ? $"{ready.Reason}: {ready.Message}"
        : Pod.Status.Conditions?.FirstOrDefault(condition => condition.Status == "False") is { } failing
            ? $"{failing.Reason}: {failing.Message}"
            : Claim is null ? "no claim yet" : "the claim has no status yet";
}
