namespace PodEip.Api;

/// <summary>What the admission webhook is called, and where it answers: said here once for the controller and the manifests.</summary>
public static class WebhookNames
{
    /// <summary>Name of the validating and of the mutating webhook configuration.</summary>
    public const string Configuration = "podeip-webhook";

    /// <summary>Name of the Service in the controller's namespace.</summary>
    public const string Service = "podeip-webhook";

    /// <summary>Name of the Secret in the controller's namespace that holds the self-managed certificate.</summary>
    public const string Secret = "podeip-webhook-certificate";

    /// <summary>Namespace that the manifests put the controller in.</summary>
    public const string Namespace = "podeip-system";

    /// <summary>Port of the container.</summary>
    public const int Port = 9443;

    /// <summary>Port of the Service.</summary>
    public const int ServicePort = 443;

    /// <summary>Where Pods and workloads are judged.</summary>
    public const string ValidatePath = "/validate";

    /// <summary>Where Pods are given what their annotations ask for.</summary>
    public const string MutatePath = "/mutate";

    /// <summary>Label of a namespace that the webhooks leave alone.</summary>
    public const string IgnoreLabel = "podeip.io/webhook";

    /// <summary>The value of <see cref="IgnoreLabel"/>.</summary>
    public const string IgnoreValue = "ignore";

    /// <summary>How long the API server waits for an answer, in seconds.</summary>
    public const int TimeoutSeconds = 2;

    /// <summary>The validating webhook of Pods.</summary>
    public const string ValidatePods = "pods.validate.podeip.io";

    /// <summary>The validating webhook of what makes Pods.</summary>
    public const string ValidateWorkloads = "workloads.validate.podeip.io";

    /// <summary>The mutating webhook of Pods.</summary>
    public const string MutatePods = "pods.mutate.podeip.io";
}
