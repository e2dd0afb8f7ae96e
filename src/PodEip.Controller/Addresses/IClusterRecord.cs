namespace PodEip.Controller.Addresses;

/// <summary>Keeps the <see cref="ClusterRecord"/>: one object in Kubernetes, which an operator may delete to confirm what is.</summary>
public interface IClusterRecord
{
    /// <summary>The record; empty when there is none.</summary>
    Task<ClusterRecord> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the record.</summary>
    Task SaveAsync(ClusterRecord record, CancellationToken cancellationToken);
}
