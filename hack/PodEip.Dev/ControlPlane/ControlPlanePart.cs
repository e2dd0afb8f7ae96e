namespace PodEip.Dev.ControlPlane;

/// <summary>The programs of a control plane, in the order they start.</summary>
public enum ControlPlanePart
{
    /// <summary>etcd, the store.</summary>
    Etcd,

    /// <summary>kube-apiserver.</summary>
    ApiServer,

    /// <summary>kube-controller-manager.</summary>
    ControllerManager,

    /// <summary>kube-scheduler.</summary>
    Scheduler,
}
