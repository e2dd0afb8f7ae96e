using System.Globalization;
using System.Text.Json;
using PodEip.Api;
using PodEip.Api.Demands;

namespace PodEip.Controller.Admission;

/// <summary>
/// What is refused, what is warned of, and what is put into Pods. Pure; it reads annotations with the reader the controller
/// itself uses, so that the two can't differ. What needs the cloud (whether an address exists, whose namespaces may name it,
/// quotas) is not judged here: not every replica knows it.
/// </summary>
/// <param name="settings">The operator's flags.</param>
public sealed class AdmissionJudge(WebhookSettings settings)
{
    private readonly PodEipNames _names = settings.Demands.Names;

    /// <summary>Judges a Pod or a workload.</summary>
    public Verdict Validate(AdmissionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Look(request) is not { } pod || (request.Operation is "UPDATE" && !IsNews(pod, PodTemplate.Of(request.Kind, request.Before))))
        {
            return Verdict.Silent;
        }

        var reading = DemandReader.Read(pod.Annotations, pod.HostNetwork, settings.Demands);
        var asks = reading.Demand is not PodDemand.None;
        var refusal = reading switch
        {
            { Demand: PodDemand.Invalid invalid } => invalid.Reason,
            { Network: NetworkMode.NotVpcCni } when asks => $"{reading.NetworkReason}: no address can be bound to it; {Fix(pod)}",
            { ExpiryError: { } error } => error,
            _ => null,
        };
        return refusal is not null ? new Verdict(refusal, []) : new Verdict(null, [.. Warnings(pod, reading, asks)]);
    }

    /// <summary>What a new Pod that asks for an address is given: the resource that the scheduler counts, and the readiness gate.</summary>
    public Verdict Mutate(AdmissionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!settings.Inject || request.Operation is not "CREATE" || Look(request) is not { Kind: "Pod", IsMirror: false } pod)
        {
            return Verdict.Silent;
        }

        // What can't be read, or can't be bound, is refused by the other webhook, or told by the controller.
        var reading = DemandReader.Read(pod.Annotations, pod.HostNetwork, settings.Demands);
        var patch = reading is { Demand: PodDemand.NewAddress or PodDemand.GivenAddresses, Network: not NetworkMode.NotVpcCni } ? PodInjection.Patch(pod, _names) : [];
        return patch.Count > 0 ? new Verdict(null, [], patch) : Verdict.Silent;
    }

    /// <summary>The Pod that is to be judged; null when there is none, or it is none of ours to judge.</summary>
    private PodTemplate? Look(AdmissionRequest request) =>
        request.Operation is not ("CREATE" or "UPDATE") || !string.IsNullOrEmpty(request.SubResource)
        || request.Namespace == settings.Namespace || request.Namespace == "kube-system"
        || request.Now.At("metadata").At("deletionTimestamp").ValueKind is JsonValueKind.String
            ? null
            : PodTemplate.Of(request.Kind, request.Now);

    /// <summary>An update touches what is judged. One that doesn't must never be refused: it may be what ends, scales or heals the object.</summary>
    private bool IsNews(PodTemplate now, PodTemplate? before) =>
        before is null || now.HostNetwork != before.HostNetwork || now.Count > before.Count || !Ours(now).SequenceEqual(Ours(before));

    private IEnumerable<KeyValuePair<string, string>> Ours(PodTemplate pod) =>
        pod.Annotations.Where(a => a.Key.StartsWith(_names.Prefix, StringComparison.Ordinal) && a.Key != _names.EipPublicIp).OrderBy(a => a.Key, StringComparer.Ordinal);

    private string Fix(PodTemplate pod) => pod.HostNetwork
        ? $"take out hostNetwork, or the annotations {_names.EipAttributes} and {_names.EipIdList}"
        : $"set the annotation {_names.Networks}, or take out {_names.EipAttributes} and {_names.EipIdList}";

    private IEnumerable<string> Warnings(PodTemplate pod, DemandReading reading, bool asks)
    {
        if (reading.Demand is PodDemand.GivenAddresses given)
        {
            if (given.AttributesIgnored)
            {
                yield return $"annotation {_names.EipIdList} is set: {_names.EipAttributes} is ignored";
            }

            if (pod.Count > given.Ids.Count)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"annotation {_names.EipIdList} names {given.Ids.Count} addresses for {pod.Count} Pods: the Pods beyond the list will wait for one");
            }
        }

        if (pod.Annotations.TryGetValue(_names.DeletePolicy, out var policy) && policy != "Never")
        {
            yield return $"annotation {_names.DeletePolicy} is {Quoted.Value(policy)}: only Never, so written, keeps the address";
        }

        foreach (var name in pod.Annotations.Keys.Where(IsMisspelt).Order(StringComparer.Ordinal))
        {
            yield return $"annotation {name} is not known: there are {_names.EipAttributes}, {_names.EipIdList} and {_names.DeletePolicy}";
        }

        if (asks && !settings.Inject && !pod.AsksFor(_names.EipResource))
        {
            yield return $"no container asks for the resource {_names.EipResource}: the scheduler will not see to it that the node has an address left";
        }

        if (!asks && pod.HasGate)
        {
            yield return $"readiness gate {PodEipNames.ReadinessGate} without {_names.EipAttributes} or {_names.EipIdList}: the Pod will never be ready";
        }
    }

    private bool IsMisspelt(string name) =>
        name.StartsWith(_names.Prefix + "eip-", StringComparison.Ordinal)
        && name != _names.EipAttributes && name != _names.EipIdList && name != _names.DeletePolicy && name != _names.EipPublicIp;
}
