using k8s;
using k8s.Models;
using PodEip.Dev.ControlPlane;

namespace PodEip.TestKit.ControlPlane;

/// <summary>
/// One control plane for all tests of an assembly, started when the first test asks for it. Give it to xunit with
/// <c>[assembly: AssemblyFixture(typeof(ControlPlaneFixture))]</c> and take it as a constructor parameter. Tests that stop parts of it start one of their own with
/// <see cref="TemporaryControlPlane.StartAsync"/>, so that the others are not disturbed.
/// </summary>
public sealed class ControlPlaneFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private TemporaryControlPlane? _shared;
    private k8s.Kubernetes? _client;

    /// <summary>The shared control plane, running.</summary>
    public async Task<LocalControlPlane> StartedAsync(CancellationToken cancellation = default)
    {
        await _starting.WaitAsync(cancellation);
        try
        {
            _shared ??= await TemporaryControlPlane.StartAsync(cancellation: cancellation);
            return _shared.Plane;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>A client of the shared control plane that may do everything. Do not dispose it: it is shared too.</summary>
    public async Task<k8s.Kubernetes> AdminAsync(CancellationToken cancellation = default)
    {
        var plane = await StartedAsync(cancellation);
        lock (_starting)
            return _client ??= ClientFor(plane.KubeconfigPath);
    }

    /// <summary>A client of the shared control plane with the rights of one user only. Dispose it.</summary>
    public async Task<k8s.Kubernetes> ClientAsync(string user, params string[] groups) =>
        ClientFor((await StartedAsync()).MintKubeconfig(user, groups));

    /// <summary>Makes a namespace of a name used once, and waits until it takes Pods. Nobody deletes it: it goes with the control plane.</summary>
    /// <param name="hint">Part of the name, for people who read logs: lower-case letters, digits and dashes.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The namespace's name.</returns>
    public async Task<string> CreateNamespaceAsync(string hint = "test", CancellationToken cancellation = default)
    {
        var plane = await StartedAsync(cancellation);
        var client = await AdminAsync(cancellation);
        var name = $"{hint}-{Guid.NewGuid().ToString("N")[..8]}";
        await client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new() { Name = name } }, cancellationToken: cancellation);
        await plane.WaitForNamespaceAsync(name, cancellation);
        return name;
    }

    /// <summary>A client for a kubeconfig file. Dispose it.</summary>
    public static k8s.Kubernetes ClientFor(string kubeconfig) =>
        new(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));

    /// <summary>Ends the shared control plane, if a test started it.</summary>
    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_shared is not null)
            await _shared.DisposeAsync();
        _starting.Dispose();
    }
}
