using System.Formats.Tar;
using System.Text.Json.Nodes;
using PodEip.Dev;

namespace PodEip.NodeTests.Hosts;

/// <summary>An OCI archive that <c>hack/images</c> has built: an image of one architecture, or an index of several.</summary>
internal sealed class ImageArchive
{
    private const string IndexType = "application/vnd.oci.image.index.v1+json";
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>What a tag of it leads to: digest, media type and so on.</summary>
    public JsonNode Top => JsonNode.Parse(_files["index.json"])!["manifests"]!.AsArray().Single()!;

    /// <summary>The images that its index lists; none where it is an image itself.</summary>
    public IReadOnlyList<JsonNode> Listed => (string?)Top["mediaType"] == IndexType ? [.. JsonNode.Parse(this[(string)Top["digest"]!])!["manifests"]!.AsArray().Select(one => one!)] : [];

    /// <summary>Everything it holds by digest.</summary>
    public IEnumerable<byte[]> Blobs => _files.Where(file => file.Key.StartsWith("blobs/", StringComparison.Ordinal) && file.Value.Length > 0).Select(file => file.Value);

    /// <summary>What has this digest.</summary>
    public byte[] this[string digest] => _files["blobs/" + digest.Replace(':', '/')];

    /// <summary>Reads one.</summary>
    /// <param name="name">Its file in artifacts/images, without the ending.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<ImageArchive> ReadAsync(string name, CancellationToken cancellation)
    {
        var archive = new ImageArchive();
        await using var stream = File.OpenRead(Path.Combine(Checkout.Root, "artifacts", "images", name + ".tar"));
        await using var tar = new TarReader(stream);
        while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            using var content = new MemoryStream();
            if (entry.DataStream is { } data)
                await data.CopyToAsync(content, cancellation);
            archive._files[entry.Name.TrimStart('.', '/')] = content.ToArray();
        }

        return archive;
    }
}
