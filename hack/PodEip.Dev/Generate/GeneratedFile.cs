using PodEip.Dev.Generate.Reference;
using PodEip.Dev.Monitoring;

namespace PodEip.Dev.Generate;

/// <summary>A file of the checkout whose source is elsewhere.</summary>
/// <param name="Path">Path below the checkout's root, with forward slashes.</param>
/// <param name="Content">What it must hold.</param>
public sealed record GeneratedFile(string Path, string Content)
{
    /// <summary>Every generated file. A new one is added here.</summary>
    public static IReadOnlyList<GeneratedFile> All() =>
    [
        new("deploy/crd/podeip.io_eipclaims.yaml", CustomResourceManifest.Yaml()),
        .. RightsHolder.All.Select(holder => new GeneratedFile($"deploy/base/{holder.Component}/rbac.yaml", RightsManifest.Yaml(holder))),
        new("docs/reference/rights.md", RightsReference.Markdown()),
        new("docs/reference/eipclaim.md", ClaimReference.Markdown()),
        new("docs/reference/events.md", EventsReference.Markdown()),
        new("docs/reference/metrics.md", MetricsReference.Markdown()),
        new("deploy/monitoring/alerts.yaml", AlertRules.File()),
        new("deploy/monitoring/alerts_test.yaml", AlertRules.Test("alerts.yaml")),
        new("deploy/monitoring/prometheusrule.yaml", AlertRules.CustomResource()),
        new("deploy/monitoring/dashboard.json", Dashboard.File()),
        .. ChartTemplates.All(),
        new("deploy/webhook/rbac.yaml", RightsManifest.Yaml(RightsHolder.Webhook)),
        new("deploy/components/console/rbac.yaml", RightsManifest.Yaml(RightsHolder.Console)),
        new("deploy/webhook/webhook.yaml", WebhookManifest.Yaml()),
        new("deploy/webhook/webhook-1.28.yaml", WebhookManifest.YamlWithConditions()),
    ];

    /// <summary>How the file in the checkout differs from what it must hold, line by line; empty when it does not.</summary>
    /// <param name="root">Root of the checkout.</param>
    public IReadOnlyList<string> Drift(string root)
    {
        var full = System.IO.Path.Combine(root, Path);
        var present = File.Exists(full) ? File.ReadAllText(full) : "";
        return present == Content ? [] : LineDiff.Between(present, Content);
    }

    /// <summary>Writes the file if it differs.</summary>
    /// <param name="root">Root of the checkout.</param>
    /// <returns>True when it was written.</returns>
    public bool Write(string root)
    {
        var full = System.IO.Path.Combine(root, Path);
        if (File.Exists(full) && File.ReadAllText(full) == Content)
            return false;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, Content);
        return true;
    }
}
