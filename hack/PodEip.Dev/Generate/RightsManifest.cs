using System.Globalization;
using System.Text;
using PodEip.Kubernetes.Api;

namespace PodEip.Dev.Generate;

/// <summary>The RBAC objects of a program: its service account, and a role with its binding for everywhere and for each namespace that its rights name.</summary>
public static class RightsManifest
{
    private const string Group = "rbac.authorization.k8s.io";

    /// <summary>The manifest as YAML; each rule says what it is for.</summary>
    public static string Yaml(RightsHolder holder)
    {
        ArgumentNullException.ThrowIfNull(holder);
        var text = new StringBuilder();
        Line(text, $"# Generated from {holder.Source} by `podeip-dev generate`. Change the list, not this file.");
        if (holder.Account is null)
        {
            Line(text, "apiVersion: v1");
            Line(text, "kind: ServiceAccount");
            Metadata(text, holder, RightsHolder.HomeNamespace);
        }

        foreach (var scope in holder.Rights.GroupBy(RightsHolder.ScopeOf))
        {
            Role(text, holder, scope.Key, scope);
            Binding(text, holder, scope.Key);
        }

        return text.ToString();
    }

    private static void Role(StringBuilder text, RightsHolder holder, string? scope, IEnumerable<RequiredRight> rights)
    {
        Line(text, "---");
        Line(text, $"apiVersion: {Group}/v1");
        Line(text, $"kind: {Kind(scope)}");
        Metadata(text, holder, scope);
        Line(text, "rules:");
        foreach (var right in rights)
        {
            Line(text, $"  # {right.Why}");
            Line(text, $"  - apiGroups: {Words([right.Group])}");
            Line(text, $"    resources: {Words([right.Resource])}");
            if (right.Names.Count > 0)
                Line(text, $"    resourceNames: {Words(right.Names)}");
            Line(text, $"    verbs: {Words(right.Verbs)}");
        }
    }

    private static void Binding(StringBuilder text, RightsHolder holder, string? scope)
    {
        Line(text, "---");
        Line(text, $"apiVersion: {Group}/v1");
        Line(text, $"kind: {Kind(scope)}Binding");
        Metadata(text, holder, scope);
        Line(text, "roleRef:");
        Line(text, $"  apiGroup: {Group}");
        Line(text, $"  kind: {Kind(scope)}");
        Line(text, $"  name: {holder.Program}");
        Line(text, "subjects:");
        Line(text, "  - kind: ServiceAccount");
        Line(text, $"    name: {holder.Account ?? holder.Program}");
        Line(text, $"    namespace: {RightsHolder.HomeNamespace}");
    }

    private static void Metadata(StringBuilder text, RightsHolder holder, string? scope)
    {
        Line(text, "metadata:");
        Line(text, $"  name: {holder.Program}");
        if (scope is not null)
            Line(text, $"  namespace: {scope}");
        Line(text, "  labels:");
        Line(text, "    app.kubernetes.io/name: pod-eip");
        Line(text, $"    app.kubernetes.io/component: {holder.Component}");
    }

    private static string Kind(string? scope) => scope is null ? "ClusterRole" : "Role";

    private static string Words(IEnumerable<string> words) => $"[{string.Join(", ", words.Select(word => $"\"{word}\""))}]";

    private static void Line(StringBuilder text, string line) => text.Append(CultureInfo.InvariantCulture, $"{line}\n");
}
