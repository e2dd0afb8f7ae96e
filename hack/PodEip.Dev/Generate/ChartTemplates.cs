using System.Globalization;

namespace PodEip.Dev.Generate;

/// <summary>The templates of the Helm chart: the manifests of <c>deploy/base</c>, with what values set in the place of what is written there.</summary>
internal static class ChartTemplates
{
    private const string Folder = "deploy/helm/pod-eip/templates";
    private const string Head = "{{- /* Generated from deploy/base by `podeip-dev generate`. Change that, not this file. */}}\n";

    /// <summary>All of them.</summary>
    public static IEnumerable<GeneratedFile> All()
    {
        foreach (var holder in RightsHolder.All)
        {
            yield return File(holder, "rbac", Namespaced(RightsManifest.Yaml(holder)));
            yield return File(holder, "settings", Settings(holder.Component));
        }

        yield return File(RightsHolder.Controller, "deployment", Workload("controller/deployment.yaml", RightsHolder.Controller, "system-cluster-critical")
            .With("  replicas: 2\n", "  replicas: {{ .Values.controller.replicas }}\n")
            .With("name: podeip-cloud-credentials", "name: {{ .Values.controller.credentialsSecret }}"));
        yield return File(RightsHolder.Controller, "service", Namespaced(Base("controller/service.yaml")));
        yield return File(RightsHolder.Controller, "network-policy", Namespaced(Base("controller/network-policy.yaml")));
        yield return File(RightsHolder.Controller, "pod-disruption-budget", "{{- if .Values.podDisruptionBudget.enabled }}\n" + Namespaced(Base("../components/pdb/pod-disruption-budget.yaml"))
            .With("apiVersion: policy/v1\n", "apiVersion: {{ if .Capabilities.APIVersions.Has \"policy/v1/PodDisruptionBudget\" }}policy/v1{{ else }}policy/v1beta1{{ end }}\n") + "{{- end }}\n");
        yield return File(RightsHolder.Agent, "daemonset", Workload("agent/daemonset.yaml", RightsHolder.Agent, "system-node-critical"));
    }

    private static GeneratedFile File(RightsHolder holder, string name, string text) => new(
        $"{Folder}/{holder.Component}-{name}.yaml",
        Head + (holder == RightsHolder.Agent ? $"{{{{- if .Values.agent.enabled }}}}\n{text}{{{{- end }}}}\n" : text));

    private static string Workload(string path, RightsHolder holder, string priority)
    {
        var values = ".Values." + holder.Component;
        return Namespaced(Base(path))
            .With($"image: podeip/{holder.Component}\n", $"image: \"{{{{ {values}.image.repository }}}}:{{{{ {values}.image.tag | default .Chart.AppVersion }}}}\"\n")
            .With($"priorityClassName: {priority}\n", $"priorityClassName: {{{{ {values}.priorityClassName }}}}\n")
            .With("  template:\n    metadata:\n", $"  template:\n    metadata:\n      annotations:\n        checksum/settings: {{{{ {values}.settings | toJson | sha256sum }}}}\n")
            .With("      serviceAccountName:", "      {{- with .Values.imagePullSecrets }}\n      imagePullSecrets:\n        {{- toYaml . | nindent 8 }}\n      {{- end }}\n      serviceAccountName:")
            .WithBlock("          resources:\n", $"            {{{{- toYaml {values}.resources | nindent 12 }}}}\n")
            .WithBlock("      tolerations:\n", $"        {{{{- toYaml {values}.tolerations | nindent 8 }}}}\n");
    }

    private static string Settings(string component) => string.Create(CultureInfo.InvariantCulture, $$$"""
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: podeip-{{{component}}}
          namespace: {{ .Release.Namespace }}
          labels:
            app.kubernetes.io/name: pod-eip
            app.kubernetes.io/component: {{{component}}}
        data:
          {{- range $key, $value := .Values.{{{component}}}.settings }}
          {{ $key }}: {{ $value | quote }}
          {{- end }}

        """);

    private static string Base(string path) => System.IO.File.ReadAllText(Path.Combine(Checkout.Root, "deploy", "base", path));

    private static string Namespaced(string text) => text.Replace($"namespace: {RightsHolder.HomeNamespace}\n", "namespace: {{ .Release.Namespace }}\n", StringComparison.Ordinal);

    private static string With(this string text, string old, string put) => text.Split(old) is { Length: 2 } parts
        ? parts[0] + put + parts[1]
        : throw new InvalidOperationException($"The chart is made by replacing `{old.Trim()}` in a manifest, which must hold it once.");

    /// <summary>Replaces all that is deeper than a line, or a list below it.</summary>
    private static string WithBlock(this string text, string line, string put)
    {
        var parts = text.Split(line);
        if (parts.Length != 2)
            throw new InvalidOperationException($"The chart is made by replacing what is below `{line.Trim()}` in a manifest, which must hold it once.");
        var indent = line.Length - line.TrimStart().Length;
        var rest = parts[1].Split('\n').SkipWhile(below => below.Length - below.TrimStart().Length > indent);
        return parts[0] + line + put + string.Join('\n', rest);
    }
}
