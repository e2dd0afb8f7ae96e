using System.Text.RegularExpressions;

namespace PodEip.Api;

/// <summary>
/// What things are called in Kubernetes. Instance members follow the annotation prefix, which the operator may change so that
/// this system runs beside TKE's own component; constants are ours and never change.
/// </summary>
public sealed partial class PodEipNames
{
    /// <summary>The prefix of TKE's own documentation.</summary>
    public const string DefaultPrefix = "tke.cloud.tencent.com/";

    /// <summary>API group of <c>EIPClaim</c>.</summary>
    public const string Group = "podeip.io";

    /// <summary>API version of <c>EIPClaim</c>.</summary>
    public const string Version = "v1";

    /// <summary><c>group/version</c>.</summary>
    public const string ApiVersion = Group + "/" + Version;

    /// <summary>Kind of a claim.</summary>
    public const string Kind = "EIPClaim";

    /// <summary>Kind of a list of claims.</summary>
    public const string ListKind = "EIPClaimList";

    /// <summary>Plural resource name, the last part of the URL.</summary>
    public const string Plural = "eipclaims";

    /// <summary>Singular resource name.</summary>
    public const string Singular = "eipclaim";

    /// <summary>Short name, as in <c>kubectl delete eipc</c>.</summary>
    public const string ShortName = "eipc";

    /// <summary>Category, as in <c>kubectl get podeip</c>.</summary>
    public const string Category = "podeip";

    /// <summary>Name of the CustomResourceDefinition.</summary>
    public const string CrdName = Plural + "." + Group;

    /// <summary>Finalizer that holds a claim until its address is confirmed to be off the Pod.</summary>
    public const string Finalizer = "podeip.io/address";

    /// <summary>Annotation on claims that the controller made for a Pod; a claim without it was made by hand.</summary>
    public const string CreatedBy = "podeip.io/created-by";

    /// <summary>The value of <see cref="CreatedBy"/>.</summary>
    public const string CreatedByController = "controller";

    /// <summary>Readiness gate and Pod condition: true while the Pod's address is bound.</summary>
    public const string ReadinessGate = "podeip.io/bound";

    /// <summary><c>networks</c> value: the Pod has an IP of a shared ENI.</summary>
    public const string RouteEni = "tke-route-eni";

    /// <summary><c>networks</c> value: the Pod has an ENI of its own.</summary>
    public const string DirectEni = "tke-direct-eni";

    /// <summary>Names under the given annotation prefix.</summary>
    /// <param name="prefix">A DNS subdomain (lower case, at most 253 characters) and a slash.</param>
    /// <exception cref="ArgumentException">The prefix has another form; the message says what is allowed.</exception>
    public PodEipNames(string prefix = DefaultPrefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 254 || !PrefixForm().IsMatch(prefix))
        {
            throw new ArgumentException(
                $"annotation prefix {Quoted.Value(prefix)}: want a DNS subdomain (lower-case letters, digits, '-' and '.') of at most 253 characters, then '/', such as {DefaultPrefix}",
                nameof(prefix));
        }

        Prefix = prefix;
    }

    /// <summary>The prefix, with its slash.</summary>
    public string Prefix { get; }

    /// <summary>Annotation: which network the Pod is on.</summary>
    public string Networks => Prefix + "networks";

    /// <summary>Annotation: buy an address of these attributes.</summary>
    public string EipAttributes => Prefix + "eip-attributes";

    /// <summary>Annotation: use one of these addresses.</summary>
    public string EipIdList => Prefix + "eip-id-list";

    /// <summary>Annotation: exactly <c>Never</c> makes the claim fixed.</summary>
    public string DeletePolicy => Prefix + "eip-claim-delete-policy";

    /// <summary>Annotation: how long a fixed claim outlives its Pod.</summary>
    public string ClaimExpiredDuration => Prefix + "claim-expired-duration";

    /// <summary>Annotation, written by the controller: the bound public address.</summary>
    public string EipPublicIp => Prefix + "eip-public-ip";

    /// <summary>Extended resource: addresses a node can still give to Pods.</summary>
    public string EipResource => Prefix + "eip";

    /// <summary>Extended resource of VPC-CNI: private IPs on shared ENIs.</summary>
    public string EniIpResource => Prefix + "eni-ip";

    /// <summary>Extended resource of VPC-CNI: exclusive ENIs.</summary>
    public string DirectEniResource => Prefix + "direct-eni";

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*/\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PrefixForm();
}
