using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Controller.Commands;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Explaining;

/// <summary>The cluster as the user's own rights show it.</summary>
/// <param name="connection">The cluster, with the user's login; closed with this.</param>
/// <param name="ns">The namespace that is meant; null for the connection's.</param>
/// <param name="names">Names under the annotation prefix.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterSight(KubeConnection connection, string? ns, PodEipNames names, TimeProvider time) : IDisposable
{
    /// <summary>Finds the settings; nothing is sent yet.</summary>
    /// <exception cref="KubeConfigurationException">There are none.</exception>
    public ClusterSight(string? kubeconfig, string? context, string? ns, PodEipNames names, TimeProvider time)
        : this(KubeConnection.Create(kubeconfig, context), ns, names, time)
    {
    }

    /// <summary>The API server.</summary>
    public KubeApi Api { get; } = new(connection, time, NullLogger.Instance);

    /// <summary>The namespace that is meant.</summary>
    public string Namespace { get; } = ns ?? connection.Namespace ?? "default";

    /// <summary>Names under the annotation prefix.</summary>
    public PodEipNames Names { get; } = names;

    /// <summary>Where the server is.</summary>
    public string Server => connection.BaseUri.ToString();

    /// <summary>See <see cref="KubeConnection.NeedsSystemCertificates"/>.</summary>
    public bool NeedsSystemCertificates => connection.NeedsSystemCertificates;

    /// <summary>Path of claims; a null namespace means all.</summary>
    public static string ClaimsPath(string? ns, string? name = null) => ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural, ns, name);

    /// <summary>Claims in the order of namespace and name.</summary>
    /// <exception cref="CommandException">The cluster has no such kind.</exception>
    public async Task<IReadOnlyList<EipClaim>> ClaimsAsync(string? ns, string? selector, CancellationToken cancellationToken)
    {
        try
        {
            var list = await Api.ListAsync(ClaimsPath(ns), EipClaimJson.Default.EipClaim, new ListOptions(LabelSelector: selector), cancellationToken);
            return [.. list.Items.OrderBy(c => c.Metadata.Namespace, StringComparer.Ordinal).ThenBy(c => c.Metadata.Name, StringComparer.Ordinal)];
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            throw NoKind(e);
        }
    }

    /// <summary>One claim; null when there is none.</summary>
    public Task<EipClaim?> ClaimAsync(ClaimKey key, CancellationToken cancellationToken) =>
        Api.GetAsync(ClaimsPath(key.Namespace, key.Name), EipClaimJson.Default.EipClaim, cancellationToken);

    /// <summary>A whole list, or why it can't be read with these rights.</summary>
    public async Task<Seen<IReadOnlyList<T>>> TryListAsync<T>(string what, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken, ListOptions? options = null)
        where T : class
    {
        try
        {
            return new Seen<IReadOnlyList<T>>((await Api.ListAsync(path, type, options, cancellationToken)).Items, null);
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            return new Seen<IReadOnlyList<T>>([], null);
        }
        catch (KubeApiException e) when (e.IsForbidden)
        {
            return new Seen<IReadOnlyList<T>>(null, $"{what}: no right to list them");
        }
    }

    /// <summary>One object, or why it can't be read with these rights.</summary>
    public async Task<Seen<T>> TryGetAsync<T>(string what, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return new Seen<T>(await Api.GetAsync(path, type, cancellationToken), null);
        }
        catch (KubeApiException e) when (e.IsForbidden)
        {
            return new Seen<T>(null, $"{what}: no right to get it");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static CommandException NoKind(KubeApiException e) => new(
        PodEip.Hosting.ExitCodes.Failed, $"The cluster has no kind {PodEipNames.Kind} ({PodEipNames.CrdName}): is Pod EIP installed here? kubectl apply -f deploy/crd/podeip.io_eipclaims.yaml", e);
}
