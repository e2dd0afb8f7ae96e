namespace PodEip.Kubernetes.Api;

/// <summary>The kubeconfig, its context, or the in-cluster credentials cannot be used. The message says which and why.</summary>
public sealed class KubeConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException);
