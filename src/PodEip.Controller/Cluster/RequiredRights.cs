using PodEip.Api;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Cluster;

/// <summary>Every right the controller uses. The manifests are made from this list, and a test runs with these rights only.</summary>
public static class RequiredRights
{
    /// <summary>CRD of TKE's own component, whose presence beside an equal annotation prefix is refused.</summary>
    public const string TkeCrdName = "eipclaims.networking.tke.cloud.tencent.com";

    /// <summary>What it needs to do its work.</summary>
    public static IReadOnlyList<RequiredRight> All { get; } =
    [
        Cluster("", "pods", ["get", "list", "watch"], "see which Pods ask for an address; confirm that one is gone"),
        Cluster("", "pods/status", ["patch"], "write eip-public-ip and the readiness gate's condition"),
        Cluster(PodEipNames.Group, PodEipNames.Plural, ["get", "list", "watch", "create", "patch", "delete"], "keep claims"),
        Cluster(PodEipNames.Group, PodEipNames.Plural + "/status", ["update"], "say what became of a claim"),
        Cluster("", "nodes", ["list", "watch"], "see Nodes, to publish their capacity; recognise this cluster's machines before an address that no claim refers to is unbound there"),
        Cluster("", "nodes/status", ["patch"], "publish how many addresses a Node can give to Pods"),
        Cluster("", "namespaces", ["get"], "recognise a namespace that is ending; the UID of kube-system marks addresses"),
        Cluster("events.k8s.io", "events", ["create", "patch"], "events on Pods, claims and Nodes"),
        new("apiextensions.k8s.io", "customresourcedefinitions", ["get"], "recognise an uninstall; refuse to run beside TKE's own component", [PodEipNames.CrdName, TkeCrdName], OwnNamespace: false),
        Cluster("apps", "statefulsets", ["get"], "owners of Pods; where a StatefulSet begins to number"),
        Cluster("apps", "deployments", ["get"], "owners of Pods"),
        Cluster("apps", "replicasets", ["get"], "owners of Pods"),
        Cluster("apps", "daemonsets", ["get"], "owners of Pods"),
        Cluster("batch", "jobs", ["get"], "owners of Pods"),
        Cluster("batch", "cronjobs", ["get"], "owners of Pods"),
        Cluster("", "replicationcontrollers", ["get"], "owners of Pods"),
        Cluster("apps.kruise.io", "*", ["get"], "owners of Pods (OpenKruise)"),
        Cluster("argoproj.io", "*", ["get"], "owners of Pods (Argo)"),
        Own("coordination.k8s.io", "leases", ["get", "create", "update", "patch"], "leader election"),
        Own("", "configmaps", ["get", "create", "patch"], "the journal of purchases; the record of region and claims; the record of added routes"),
    ];

    /// <summary>What <c>--install-crd</c> needs on top.</summary>
    public static IReadOnlyList<RequiredRight> InstallCrd { get; } =
    [
        Cluster("apiextensions.k8s.io", "customresourcedefinitions", ["create", "patch"], "apply the EIPClaim CRD"),
    ];

    /// <summary>What <c>--webhook</c> with a self-managed certificate needs on top. A create can't be limited to a name.</summary>
    public static IReadOnlyList<RequiredRight> Webhook { get; } =
    [
        new("", "secrets", ["get", "update"], "the webhook's certificate", [WebhookNames.Secret], OwnNamespace: true),
        Own("", "secrets", ["create"], "the webhook's certificate"),
        new("admissionregistration.k8s.io", "validatingwebhookconfigurations", ["get", "patch"], "keep caBundle", [WebhookNames.Configuration], OwnNamespace: false),
        new("admissionregistration.k8s.io", "mutatingwebhookconfigurations", ["get", "patch"], "keep caBundle", [WebhookNames.Configuration], OwnNamespace: false),
    ];

    /// <summary>What <c>--console</c> needs on top: what the page shows is read with the viewer's own rights.</summary>
    public static IReadOnlyList<RequiredRight> Console { get; } =
    [
        Cluster("authentication.k8s.io", "tokenreviews", ["create"], "ask whose token somebody brings to the console"),
        Cluster("authorization.k8s.io", "subjectaccessreviews", ["create"], "ask whether they may list claims"),
    ];

    private static RequiredRight Cluster(string group, string resource, string[] verbs, string why) => new(group, resource, verbs, why, [], OwnNamespace: false);

    private static RequiredRight Own(string group, string resource, string[] verbs, string why) => new(group, resource, verbs, why, [], OwnNamespace: true);
}
