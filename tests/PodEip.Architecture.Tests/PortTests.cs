using System.Text.RegularExpressions;
using Xunit;

namespace PodEip.Architecture.Tests;

/// <summary>The crash matrix sees the side effects of the ports: there must be no way around them.</summary>
public sealed partial class PortTests
{
    /// <summary>Who in the controller may write to the API server, and why the crash matrix need not see it.</summary>
    private static readonly Dictionary<string, string> Writers = new(StringComparer.Ordinal)
    {
        ["Cluster/KubernetesClaimWriter.cs"] = "a port",
        ["Cluster/ConfigMapPurchaseJournal.cs"] = "a port",
        ["Cluster/ConfigMapClusterRecord.cs"] = "a port",
        ["Nodes/KubernetesNodeWriter.cs"] = "a port",
        ["Cluster/ConfigMapRouteRecord.cs"] = "a port",
        ["Admission/Certificates/CertificateSecret.cs"] = "every replica's matter, not the leader's; one version replaces another as a whole",
        ["Admission/Certificates/TrustKeeper.cs"] = "as above; looked at again every minute",
        ["Console/ConsoleAccess.cs"] = "asks questions that are sent as creates; nothing is stored",
        ["Hosting/StartupChecks.cs"] = "applies the CRD, the same each time",
    };

    [Fact]
    public void The_leader_writes_to_Kubernetes_through_its_ports_only()
    {
        var writing =
            from file in Repository.Files
            where file.StartsWith("src/PodEip.Controller/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
            where Write().IsMatch(Repository.Read(file))
            select file["src/PodEip.Controller/".Length..];
        Assert.Equal(Writers.Keys.Order(StringComparer.Ordinal), writing.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\b_?[aA]pi\.(Create|Patch|Delete|Replace|Update|Apply)\w*Async", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Write();
}
