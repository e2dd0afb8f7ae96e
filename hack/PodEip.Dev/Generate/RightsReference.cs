using System.Text;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Api;

namespace PodEip.Dev.Generate;

/// <summary>The page that says which rights the programs have on the API server, and why.</summary>
public static class RightsReference
{
    /// <summary>The page.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("""
            <!-- Generated from the programs' lists of rights by `podeip-dev generate`. Change the lists, not this file. -->
            # Rights on the API server

            What the manifests grant, and what each right is for. The cluster tests run the controller with exactly these rights, `make e2e` both programs; a right that is missing fails them.
            Nobody else gets any right: tenants need none on claims' status, and neither program may read Secrets (but the webhook its own), create Pods or change anything in a Pod but its status subresource.
            What the cloud has to allow is on [another page](../how-to/run-against-tencent-cloud.md#permissions).

            """).Append('\n');
        foreach (var holder in RightsHolder.All)
            Table(text, $"`{holder.Program}`", holder.Rights);
        Table(text, "`podeip-controller --webhook`, on top (`deploy/webhook/rbac.yaml`)", RightsHolder.Webhook.Rights);
        Table(text, "`podeip-controller --console`, on top (`deploy/components/console/rbac.yaml`)", RightsHolder.Console.Rights);
        Table(text, "`podeip-controller --install-crd`, on top (not in the manifests, which bring the CRD apart)", RequiredRights.InstallCrd);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Table(StringBuilder text, string title, IEnumerable<RequiredRight> rights)
    {
        text.Append("## ").Append(title).Append("\n\n| resource | verbs | where | for |\n|---|---|---|---|\n");
        foreach (var right in rights)
        {
            var group = right.Group.Length == 0 ? "" : "." + right.Group;
            var names = right.Names.Count == 0 ? "" : $" named {string.Join(", ", right.Names.Select(name => $"`{name}`"))}";
            var where = RightsHolder.ScopeOf(right) is { } scope ? $"namespace `{scope}`" : "everywhere";
            text.Append($"| `{right.Resource}{group}`{names} | {string.Join(", ", right.Verbs)} | {where} | {right.Why} |\n");
        }

        text.Append('\n');
    }
}
