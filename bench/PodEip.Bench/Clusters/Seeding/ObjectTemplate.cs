using System.Text.RegularExpressions;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;

namespace PodEip.Bench.Clusters.Seeding;

/// <summary>An object as the API server stores it, of which others are made that differ in words only: names, ids, IPs.</summary>
internal sealed class ObjectTemplate
{
    private static readonly TimeSpan PatienceOfAMatch = TimeSpan.FromSeconds(10);

    private readonly string _json;

    private ObjectTemplate(string json, string uid) => (_json, Uid) = (json, uid);

    /// <summary>The UID of the object that it was taken from.</summary>
    public string Uid { get; }

    /// <summary>Takes an object that is there as the template.</summary>
    public static async Task<ObjectTemplate> ReadAsync(KubeApi api, string path, CancellationToken cancellationToken)
    {
        var read = await api.ReadAsync(path, cancellationToken) ?? throw new BenchException($"{path} is gone");
        // Not stored: it is the place in etcd that says them.
        foreach (var name in (string[])["resourceVersion", "selfLink"])
            read["metadata"]!.AsObject().Remove(name);
        return new ObjectTemplate(read.ToJsonString(), read.Uid());
    }

    /// <summary>The object with other words. Whole words only: neither <c>10.0.0.1</c> of <c>10.0.0.12</c> nor <c>pod-1</c> of <c>a.pod-1</c>.</summary>
    public string With(IReadOnlyDictionary<string, string> words) => Regex.Replace(
        _json, $@"(?<![\w.-])(?:{string.Join('|', words.Keys.Select(Regex.Escape))})(?![\w.])", found => words[found.Value], RegexOptions.None, PatienceOfAMatch);
}
