using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Dev;
using PodEip.Dev.ControlPlane;
using PodEip.Dev.Generate;
using PodEip.Dev.Quickstart;
using PodEip.Kubernetes.Api;
using PodEip.TestKit.Waiting;

namespace PodEip.Scenes;

/// <summary>The controller's generated RBAC manifest, applied with other names, so that a control plane may have it several times.</summary>
internal static class ControllerRights
{
    private const string Rbac = "rbac.authorization.k8s.io";
    private static readonly string Program = RightsHolder.Controller.Program;

    /// <summary>The service account as the API server knows it.</summary>
    public static string UserOf(string home) => $"system:serviceaccount:{home}:{AccountOf(home)}";

    /// <summary>Grants the rights in a namespace, which is to be the controller's own.</summary>
    /// <returns>A kubeconfig of the service account: its rights and no others.</returns>
    public static async Task<string> GrantAsync(LocalControlPlane plane, KubeApi admin, string home, CancellationToken cancellation)
    {
        var account = AccountOf(home);
        foreach (var manifest in Manifest.Read(Path.Combine(Checkout.Root, "deploy", "base", RightsHolder.Controller.Component, "rbac.yaml")))
        {
            var text = manifest.ToJsonString().Replace(Program, account, StringComparison.Ordinal).Replace(RightsHolder.HomeNamespace, home, StringComparison.Ordinal);
            await admin.ApplyAsync(PathOf(JsonNode.Parse(text)!), text, cancellation);
        }

        var kubeconfig = plane.MintKubeconfig(UserOf(home), "system:serviceaccounts", $"system:serviceaccounts:{home}");
        using var connection = KubeConnection.Create(kubeconfig, context: null);
        var granted = new KubeApi(connection, TimeProvider.System, NullLogger.Instance);
        // Rights reach the authorizer by a watch of its own.
        await Eventually.PassesAsync(
            async token =>
            {
                await granted.ReadAsync(ResourcePath.Core("v1", "pods", home, "none"), token);
                await granted.ReadAsync(ResourcePath.Core("v1", "configmaps", home, "none"), token);
            },
            cancellation: cancellation);
        return kubeconfig;
    }

    private static string AccountOf(string home) => $"{Program}-{home}";

    private static string PathOf(JsonNode manifest)
    {
        var (kind, name, ns) = ((string)manifest["kind"]!, (string)manifest["metadata"]!["name"]!, (string?)manifest["metadata"]!["namespace"]);
        return kind == "ServiceAccount"
            ? ResourcePath.Core("v1", "serviceaccounts", ns, name)
            : ResourcePath.Group(Rbac, "v1", $"{kind.ToLowerInvariant()}s", ns, name);
    }
}
