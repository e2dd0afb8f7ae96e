using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Kubernetes.Watching;

/// <summary>
/// Keeps a store of one kind in step with the API server: a paged list, then a watch from the list's version, again from
/// the last seen version when the watch ends, and a new list when that version is no longer kept.
/// </summary>
/// <typeparam name="TDto">What an object is decoded into; lives for one event.</typeparam>
/// <typeparam name="TRecord">What the store keeps of it.</typeparam>
public sealed class Informer<TDto, TRecord> : IInformer
    where TDto : class, IKubeObject
    where TRecord : class
{
    /// <summary>Creates an informer; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="api">The API server.</param>
    /// <param name="name">Names the resource in logs and metrics, e.g. <c>pods</c>.</param>
    /// <param name="path">The collection, from <see cref="ResourcePath"/>.</param>
    /// <param name="type">How to decode one object.</param>
    /// <param name="project">Makes the record from the object, in the order of events; null leaves nothing behind in the store (and is a deletion if a record was there).</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="options">Selectors and limits; null for the defaults.</param>
    /// <param name="observer">Metrics; null for none.</param>
    public Informer(
        KubeApi api,
        string name,
        string path,
        JsonTypeInfo<TDto> type,
        Func<TDto, TRecord?> project,
        TimeProvider time,
        ILogger logger,
        InformerOptions? options = null,
        IInformerObserver? observer = null)
    {
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The store.</summary>
    public IReadOnlyStore<TRecord> Store => throw new NotSupportedException();

    /// <inheritdoc/>
    public bool HasSynced => throw new NotSupportedException();

    /// <inheritdoc/>
    public bool IsServed => throw new NotSupportedException();

    /// <summary>Adds a handler. Only before <see cref="RunAsync"/>: a later one would miss what is already stored.</summary>
    public void AddHandler(IInformerHandler<TRecord> handler) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken ct) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task WaitForSyncAsync(TimeSpan limit, CancellationToken ct) => throw new NotSupportedException();
}
