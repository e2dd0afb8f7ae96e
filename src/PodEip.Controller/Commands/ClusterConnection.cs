using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Controller.Hosting;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Commands;

/// <summary>A cluster that a command talks to.</summary>
internal sealed class ClusterConnection : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly KubeConnection _connection;

    private ClusterConnection(KubeConnection connection, KubeApi api, string uid) => (_connection, Api, Uid) = (connection, api, uid);

    /// <summary>The API server.</summary>
    public KubeApi Api { get; }

    /// <summary>UID of kube-system, which is part of the mark.</summary>
    public string Uid { get; }

    /// <summary>Where it is, for people.</summary>
    public string Server => _connection.BaseUri.ToString();

    /// <summary>Connects, and asks a server that can't be reached again for a while.</summary>
    /// <exception cref="KubeConfigurationException">There are no settings to connect with.</exception>
    /// <exception cref="KubeApiException">The server can't be reached, or does not let us in.</exception>
    public static async Task<ClusterConnection> OpenAsync(ControllerOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var connection = KubeConnection.Create(options.Kubeconfig, options.Context);
        try
        {
            var api = new KubeApi(connection, time, loggers.CreateLogger<KubeApi>());
            var started = time.GetTimestamp();
            while (true)
            {
                try
                {
                    var system = await api.GetAsync(ResourcePath.Core("v1", "namespaces", name: "kube-system"), KubernetesJsonContext.Default.PartialObject, cancellationToken);
                    return system?.Metadata.Uid is { Length: > 0 } uid
                        ? new ClusterConnection(connection, api, uid)
                        : throw new CommandException(ExitCodes.Failed, $"The API server {connection.BaseUri} has no namespace kube-system, whose UID is part of the tag.");
                }
                catch (KubeApiException e) when (e.IsTransient && time.GetElapsedTime(started) + Pause < options.StartupTimeout)
                {
                    await Task.Delay(Pause, time, cancellationToken);
                }
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>All claims; none where the CRD is not installed.</summary>
    public Task<IReadOnlyList<EipClaim>> ClaimsAsync(CancellationToken cancellationToken) =>
        ListAsync(ResourcePath.Group(PodEipNames.Group, PodEipNames.Version, PodEipNames.Plural), EipClaimJson.Default.EipClaim, null, cancellationToken);

    /// <summary>True where claims can't be made.</summary>
    public async Task<bool> CrdIsMissingAsync(CancellationToken cancellationToken) =>
        await Api.GetAsync(ResourcePath.Group("apiextensions.k8s.io", "v1", "customresourcedefinitions", name: PodEipNames.CrdName), KubernetesJsonContext.Default.PartialObject, cancellationToken)
            is not { Metadata.IsTerminating: false };

    /// <summary>A whole list; empty where the kind is not served.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, ListOptions? options, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return (await Api.ListAsync(path, type, options, cancellationToken)).Items;
        }
        catch (KubeApiException e) when (e.IsNotFound)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
