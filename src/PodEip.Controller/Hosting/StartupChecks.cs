using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Controller.Cluster;
using PodEip.Hosting;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Controller.Hosting;

/// <summary>
/// What must hold before anything is done: the API server answers, the controller's namespace and the EIPClaim kind are there,
/// and no other controller acts on the same annotations. A server that can't be reached is asked again for a while.
/// </summary>
/// <param name="api">The API server.</param>
/// <param name="server">Names it in messages.</param>
/// <param name="options">The flags.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class StartupChecks(KubeApi api, string server, ControllerOptions options, TimeProvider time, ILogger<StartupChecks> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EstablishLimit = TimeSpan.FromSeconds(30);

    /// <summary>Runs the checks.</summary>
    /// <returns>The mark of this cluster's addresses.</returns>
    /// <exception cref="StartupException">Something does not hold.</exception>
    public async Task<ClusterMark> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await CheckAsync(cancellationToken);
            }
            catch (KubeApiException e) when (e.IsTransient && time.GetElapsedTime(started) + Pause < options.StartupTimeout)
            {
                LogRetry(server, e.Message, (options.StartupTimeout - time.GetElapsedTime(started)).TotalSeconds);
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (KubeApiException e) when (e.IsTransient)
            {
                throw new StartupException($"The API server {server} could not be reached for {options.StartupTimeout.TotalSeconds:0} s (--startup-timeout): {e.Message}", e);
            }
            catch (KubeApiException e) when (e.StatusCode is System.Net.HttpStatusCode.Unauthorized)
            {
                throw new StartupException($"The API server {server} does not accept our login: {e.Message}", e);
            }
            catch (KubeApiException e) when (e.IsForbidden)
            {
                throw new StartupException($"A right is missing on the API server {server}: {e.Message}. Apply the controller's RBAC manifests.", e);
            }
            catch (KubeApiException e)
            {
                throw new StartupException($"The API server {server} answers in a way that can't be worked with: {e.Message}", e);
            }
        }
    }

    private async Task<ClusterMark> CheckAsync(CancellationToken cancellationToken)
    {
        var system = await NamespaceAsync("kube-system", cancellationToken);
        if (system?.Metadata.Uid is not { Length: > 0 } uid)
        {
            throw new StartupException($"The API server {server} has no namespace kube-system, whose UID marks this cluster's addresses.");
        }

        foreach (var ns in new[] { options.Namespace, options.LeaderElectNamespace }.Distinct(StringComparer.Ordinal))
        {
            if (await NamespaceAsync(ns, cancellationToken) is null)
            {
                throw new StartupException($"Namespace {ns} does not exist; the controller keeps its lease and its purchases there. Create it (kubectl create namespace {ns}) or name another with --namespace.");
            }
        }

        if (options.InstallCrd)
        {
            await InstallAsync(cancellationToken);
        }

        Check(await CrdAsync(PodEipNames.CrdName, cancellationToken));
        if (!options.AllowBesideTke && options.Names.Prefix == PodEipNames.DefaultPrefix && await CrdAsync(RequiredRights.TkeCrdName, cancellationToken) is not null)
        {
            throw new StartupException(
                $"TKE's own component is installed here (CRD {RequiredRights.TkeCrdName}) and acts on the same annotations ({options.Names.Prefix}): two controllers would fight over the same Pods. "
                + "Choose another --annotation-prefix, or, if that component is off, say --allow-beside-tke.");
        }

        await new RegionCheck(api, options).RunAsync(cancellationToken);
        return new ClusterMark(options.ClusterId, uid);
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        var path = CrdPath(PodEipNames.CrdName);
        await api.PatchAsync(path, PatchKind.Apply, ClaimCrd.Manifest(), ClusterJson.Default.CrdObject, cancellationToken);
        var started = time.GetTimestamp();
        while (await CrdAsync(PodEipNames.CrdName, cancellationToken) is not { } crd || !crd.Serves(PodEipNames.Version))
        {
            if (time.GetElapsedTime(started) > EstablishLimit)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
        }

        LogInstalled(PodEipNames.CrdName);
    }

    private static void Check(CrdObject? crd)
    {
        const string HowTo = "Apply deploy/crd/podeip.io_eipclaims.yaml (kubectl apply -f), or start with --install-crd.";
        if (crd is null)
        {
            throw new StartupException($"The cluster has no kind EIPClaim (CRD {PodEipNames.CrdName}). {HowTo}");
        }

        if (crd.Metadata.IsTerminating)
        {
            throw new StartupException($"The CRD {PodEipNames.CrdName} is being deleted; nothing is done meanwhile. Wait for its end. {HowTo}");
        }

        if (!crd.Serves(PodEipNames.Version))
        {
            var why = crd.Status?.Conditions?.FirstOrDefault(c => c.Status == "False")?.Message;
            throw new StartupException($"The CRD {PodEipNames.CrdName} is there, but version {PodEipNames.Version} is not served{(why is null ? "" : $" ({Quoted.Shorten(why)})")}. {HowTo}");
        }
    }

    private static string CrdPath(string name) => ResourcePath.Group("apiextensions.k8s.io", "v1", "customresourcedefinitions", name: name);

    private Task<CrdObject?> CrdAsync(string name, CancellationToken cancellationToken) => api.GetAsync(CrdPath(name), ClusterJson.Default.CrdObject, cancellationToken);

    private Task<PartialObject?> NamespaceAsync(string name, CancellationToken cancellationToken) =>
        api.GetAsync(ResourcePath.Core("v1", "namespaces", name: name), KubernetesJsonContext.Default.PartialObject, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Can't reach the API server {Server}: {Error}; trying for another {Seconds:0} s")]
    private partial void LogRetry(string server, string error, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied the CRD {Name}")]
    private partial void LogInstalled(string name);
}
