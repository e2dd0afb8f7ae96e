namespace PodEip.Kubernetes.Objects;

/// <summary>Anything with the metadata every Kubernetes object has. What an informer needs to know of its objects.</summary>
public interface IKubeObject
{
    /// <summary>The object's metadata.</summary>
    ObjectMeta Metadata { get; }
}
