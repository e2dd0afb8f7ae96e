using PodEip.Kubernetes.Api;
using Xunit;

namespace PodEip.Kubernetes.Tests.Api;

public sealed class KubeConnectionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("podeip-kubeconfig-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_context_is_chosen_by_name_and_else_the_current_one()
    {
        var file = Write("config", "one", "two");
        using var current = KubeConnection.Create(file, context: null);
        using var chosen = KubeConnection.Create(file, "two");
        Assert.Equal(("http://one.invalid/", "space-one"), (current.BaseUri.AbsoluteUri, current.Namespace));
        Assert.Equal(("http://two.invalid/", "space-two", file), (chosen.BaseUri.AbsoluteUri, chosen.Namespace, chosen.Source));
    }

    [Fact]
    public void A_list_of_files_is_one_and_missing_ones_do_not_matter()
    {
        var list = string.Join(Path.PathSeparator, Path.Combine(_folder.FullName, "missing"), Write("a", "one"), Write("b", "two"));
        using var second = KubeConnection.Create(list, "two");
        using var current = KubeConnection.Create(list, context: null);
        Assert.Equal(("http://two.invalid/", "http://one.invalid/"), (second.BaseUri.AbsoluteUri, current.BaseUri.AbsoluteUri));
    }

    [Fact]
    public void What_is_wrong_is_named()
    {
        var missing = Path.Combine(_folder.FullName, "missing");
        Assert.Contains(missing, Fault(missing, null), StringComparison.Ordinal);
        var unknown = Fault(Write("config", "one", "two"), "three");
        Assert.Contains("'three'", unknown, StringComparison.Ordinal);
        Assert.Contains("one, two", unknown, StringComparison.Ordinal);
        var garbage = Path.Combine(_folder.FullName, "garbage");
        File.WriteAllText(garbage, "clusters: [");
        Assert.Contains(garbage, Fault(garbage, null), StringComparison.Ordinal);
        File.WriteAllText(garbage, "");
        Assert.Contains(garbage, Fault(garbage, null), StringComparison.Ordinal);
    }

    private static string Fault(string file, string? context)
        => Assert.Throws<KubeConfigurationException>(() => KubeConnection.Create(file, context)).Message;

    private string Write(string name, params string[] contexts)
    {
        var path = Path.Combine(_folder.FullName, name);
        var each = (Func<string, string> entry) => string.Join('\n', contexts.Select(entry));
        File.WriteAllText(path, $$"""
            apiVersion: v1
            kind: Config
            current-context: {{contexts[0]}}
            clusters:
            {{each(c => $"- {{name: {c}, cluster: {{server: 'http://{c}.invalid'}}}}")}}
            users:
            {{each(c => $"- {{name: {c}, user: {{token: t}}}}")}}
            contexts:
            {{each(c => $"- {{name: {c}, context: {{cluster: {c}, user: {c}, namespace: space-{c}}}}}")}}
            """);
        return path;
    }
}
