using System.Text.RegularExpressions;
using PodEip.Dev.Monitoring;

namespace PodEip.Dev.Generate;

/// <summary>
/// What values switch on in the chart, as components do with kustomize: the webhook, the console, and what the Prometheus operator reads. The patches of
/// those components are written here a second time; a test compares what comes of both.
/// </summary>
internal static partial class ChartSwitches
{
    private const string Webhook = ".Values.webhook.enabled";
    private const string CertManager = ".Values.webhook.certManager";
    private const string Console = ".Values.console.enabled";
    private const string Monitors = ".Values.monitoring.monitors";
    private const string Rules = ".Values.monitoring.rules";

    /// <summary>What changes the controller's settings, and so has to roll it.</summary>
    public const string ControllerChecksum = "list .Values.controller.settings .Values.webhook .Values.console";

    /// <summary>What changes the agent's.</summary>
    public const string AgentChecksum = "list .Values.agent.settings .Values.monitoring.monitors";

    /// <summary>Flags of the controller that go with a switch.</summary>
    public static string ControllerSettings =>
        ("  PODEIP_WEBHOOK: \"true\"\n" + "  PODEIP_INJECT: \"true\"\n".If(".Values.webhook.inject", "  ") + "  PODEIP_WEBHOOK_CERTIFICATE_DIR: /etc/podeip/webhook\n".If(CertManager, "  ")).If(Webhook, "  ")
        + "  PODEIP_CONSOLE: \"true\"\n".If(Console, "  ");

    /// <summary>Flags of the agent that go with a switch.</summary>
    public static string AgentSettings => "  PODEIP_LISTEN: \":8082\"\n".If(Monitors, "  ");

    /// <summary>The webhook's port, and the certificate of cert-manager.</summary>
    public static string OfController(string deployment) => deployment
        .WithBehind("              containerPort: 8080\n", "            - name: webhook\n              containerPort: 9443\n".If(Webhook, "            ") + """
                  volumeMounts:
                    - name: webhook-certificate
                      mountPath: /etc/podeip/webhook
                      readOnly: true

        """.If(CertManager, "          ").If(Webhook, "          "))
        .With("      affinity:\n", """
              volumes:
                - name: webhook-certificate
                  secret:
                    secretName: podeip-webhook-cert-manager

        """.If(CertManager, "      ").If(Webhook, "      ") + "      affinity:\n");

    /// <summary>API servers reach the webhook.</summary>
    public static string OfNetworkPolicy(string policy) => policy.WithBehind("          port: 8080\n", "        - protocol: TCP\n          port: 9443\n".If(Webhook, "        "));

    /// <summary>The port that a PodMonitor names.</summary>
    public static string OfAgent(string daemonSet) => daemonSet.With("          livenessProbe:\n", "          ports:\n            - name: metrics\n              containerPort: 8082\n".If(Monitors, "          ") + "          livenessProbe:\n");

    /// <summary>Objects that are there with a switch only, by the name of their file.</summary>
    public static IEnumerable<(string Name, string Text)> Extras()
    {
        var labels = "    {{- range $key, $value := .Values.monitoring.labels }}\n    {{ $key }}: {{ $value | quote }}\n    {{- end }}\n";
        yield return ("webhook-rbac", RightsManifest.Yaml(RightsHolder.Webhook).Namespaced().If(Webhook));
        yield return ("webhook", Trusted().Replace(Conditions().Replace(WebhookManifest.YamlWithConditions(), found => found.Value.If("semverCompare \">=1.28-0\" .Capabilities.KubeVersion.Version", "  ")), found =>
            found.Value + "  annotations:\n    cert-manager.io/inject-ca-from: podeip-system/podeip-webhook\n".If(CertManager, "  ")).Namespaced().If(Webhook));
        yield return ("webhook-certificate", ChartText.Manifest("components/webhook-cert-manager/certificate.yaml").Namespaced().If(CertManager).If(Webhook));
        yield return ("console-rbac", RightsManifest.Yaml(RightsHolder.Console).Namespaced().If(Console));
        yield return ("console-viewer", ChartText.Manifest("components/console/viewer.yaml").If(Console));
        yield return ("monitors", Component().Replace(ChartText.Manifest("components/service-monitor/monitors.yaml").Namespaced(), found => found.Value + labels).If(Monitors));
        yield return ("prometheus-rule", AlertRules.CustomResource().Escaped()
            .With("  name: podeip\n  labels:\n    app.kubernetes.io/part-of: podeip\n", "  name: podeip\n  namespace: {{ .Release.Namespace }}\n  labels:\n    app.kubernetes.io/part-of: podeip\n" + labels).If(Rules));
    }

    [GeneratedRegex(@"^  matchConditions:\n(  - .*\n    .*\n)+", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Conditions();

    [GeneratedRegex(@"^kind: (Validating|Mutating)WebhookConfiguration\nmetadata:\n  name: podeip-webhook\n", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Trusted();

    // Of metadata; the selectors' are deeper.
    [GeneratedRegex(@"^    app\.kubernetes\.io/component: .*\n", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Component();
}
