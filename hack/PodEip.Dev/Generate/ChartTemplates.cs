using System.Globalization;

namespace PodEip.Dev.Generate;

/// <summary>The templates of the Helm chart: the manifests of <c>deploy</c>, with what values set in the place of what is written there.</summary>
internal static class ChartTemplates
{
    private const string Folder = "deploy/helm/pod-eip/templates";
    private const string Head = "{{- /* Generated from the manifests of deploy by `podeip-dev generate`. Change those, not this file. */}}\n";

    /// <summary>All of them.</summary>
    public static IEnumerable<GeneratedFile> All()
    {
        yield return File(RightsHolder.Controller, "rbac", RightsManifest.Yaml(RightsHolder.Controller).Namespaced());
        yield return File(RightsHolder.Controller, "settings", Settings("controller", ChartSwitches.ControllerSettings));
        yield return File(RightsHolder.Controller, "deployment", ChartSwitches.OfController(Workload("base/controller/deployment.yaml", RightsHolder.Controller, "system-cluster-critical", ChartSwitches.ControllerChecksum)
            .With("  replicas: 2\n", "  replicas: {{ .Values.controller.replicas }}\n")
            .With("name: podeip-cloud-credentials", "name: {{ .Values.controller.credentialsSecret }}")));
        yield return File(RightsHolder.Controller, "service", ChartText.Manifest("base/controller/service.yaml").Namespaced());
        yield return File(RightsHolder.Controller, "network-policy", ChartSwitches.OfNetworkPolicy(ChartText.Manifest("base/controller/network-policy.yaml").Namespaced()));
        yield return File(RightsHolder.Controller, "pod-disruption-budget", ChartText.Manifest("components/pdb/pod-disruption-budget.yaml").Namespaced()
            .With("apiVersion: policy/v1\n", "apiVersion: {{ if .Capabilities.APIVersions.Has \"policy/v1/PodDisruptionBudget\" }}policy/v1{{ else }}policy/v1beta1{{ end }}\n").If(".Values.podDisruptionBudget.enabled"));
        yield return File(RightsHolder.Agent, "rbac", RightsManifest.Yaml(RightsHolder.Agent).Namespaced());
        yield return File(RightsHolder.Agent, "settings", Settings("agent", ChartSwitches.AgentSettings));
        yield return File(RightsHolder.Agent, "daemonset", ChartSwitches.OfAgent(Workload("base/agent/daemonset.yaml", RightsHolder.Agent, "system-node-critical", ChartSwitches.AgentChecksum)));
        foreach (var (name, text) in ChartSwitches.Extras())
            yield return new($"{Folder}/{name}.yaml", Head + text);
    }

    private static GeneratedFile File(RightsHolder holder, string name, string text) => new(
        $"{Folder}/{holder.Component}-{name}.yaml", Head + (holder == RightsHolder.Agent ? text.If(".Values.agent.enabled") : text));

    private static string Workload(string path, RightsHolder holder, string priority, string checksum)
    {
        var values = ".Values." + holder.Component;
        return ChartText.Manifest(path).Namespaced()
            .With($"image: podeip/{holder.Component}\n", $"image: \"{{{{ {values}.image.repository }}}}:{{{{ {values}.image.tag | default .Chart.AppVersion }}}}\"\n")
            .With($"priorityClassName: {priority}\n", $"priorityClassName: {{{{ {values}.priorityClassName }}}}\n")
            .WithBehind("  template:\n    metadata:\n", $"      annotations:\n        checksum/settings: {{{{ {checksum} | toJson | sha256sum }}}}\n")
            .With("      serviceAccountName:", "      {{- with .Values.imagePullSecrets }}\n      imagePullSecrets:\n        {{- toYaml . | nindent 8 }}\n      {{- end }}\n      serviceAccountName:")
            .WithBlock("          resources:\n", $"            {{{{- toYaml {values}.resources | nindent 12 }}}}\n")
            .WithBlock("      tolerations:\n", $"        {{{{- toYaml {values}.tolerations | nindent 8 }}}}\n");
    }

    private static string Settings(string component, string switches) => string.Create(CultureInfo.InvariantCulture, $$$"""
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

        """) + switches;
}
