using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PodEip.Dev.Processes;
using PodEip.TestKit.Processes;

namespace PodEip.NodeTests.Hosts;

/// <summary>Debian's docker-registry with two images: <c>busybox</c>, and <c>podeip/pause</c> for the sandboxes of Pods.</summary>
internal sealed class ImageRegistry : IAsyncDisposable
{
    /// <summary>The image of sandboxes; it needs an entry point that never ends.</summary>
    public const string PauseImage = "docker.io/podeip/pause:latest";

    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";
    private readonly ProcessUnderTest _process;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private ImageRegistry(ProcessUnderTest process, Uri endpoint)
    {
        (_process, Endpoint) = (process, endpoint);
        _http.BaseAddress = endpoint;
    }

    /// <summary>Where it answers.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts it and pushes the images.</summary>
    public static async Task<ImageRegistry> StartAsync(string folder, IPAddress address, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var port = FreePort.On(address);
        var settings = Path.Combine(folder, "registry.yml");
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture, $$"""
            version: 0.1
            log: { level: warn }
            storage: { filesystem: { rootdirectory: "{{folder}}/data" } }
            http: { addr: "{{address}}:{{port}}" }

            """), cancellation);
        var process = ProcessUnderTest.StartProgram("docker-registry", new ProgramStart("docker-registry", ["serve", settings]));
        var registry = new ImageRegistry(process, new UriBuilder(Uri.UriSchemeHttp, address.ToString(), port).Uri);
        try
        {
            await process.AnswersAsync(new Uri(registry.Endpoint, "/v2/"), cancellation: cancellation);
            var layer = await BusyboxImage.LayerAsync(cancellation);
            await registry.PushAsync("library/busybox", layer, new JsonObject { ["Cmd"] = new JsonArray("sh") }, cancellation);
            await registry.PushAsync("podeip/pause", layer, new JsonObject { ["Entrypoint"] = new JsonArray("/bin/sleep", "2000000000") }, cancellation);
            return registry;
        }
        catch
        {
            // Whoever asked for it has nothing to dispose of.
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pushes an image that <c>hack/images</c> has built.</summary>
    /// <param name="name">Its repository.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="archive">The image, or an index of images.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task PushAsync(string name, string tag, ImageArchive archive, CancellationToken cancellation)
    {
        foreach (var content in archive.Blobs)
            await BlobAsync(name, content, cancellation);
        foreach (var listed in archive.Listed)
            await ManifestAsync((string)listed["digest"]!, listed);
        await ManifestAsync(tag, archive.Top);

        Task ManifestAsync(string reference, JsonNode described) =>
            SendAsync(HttpMethod.Put, new Uri(Endpoint, $"/v2/{name}/manifests/{reference}"), archive[(string)described["digest"]!], (string)described["mediaType"]!, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
    }

    private async Task PushAsync(string name, byte[] layer, JsonObject settings, CancellationToken cancellation)
    {
        settings["Env"] = new JsonArray("PATH=/bin");
        var image = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = settings,
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(Digest(layer)) },
        }.ToJsonString());
        var compressed = BusyboxImage.Compress(layer);
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["config"] = Described("application/vnd.docker.container.image.v1+json", image),
            ["layers"] = new JsonArray(Described("application/vnd.docker.image.rootfs.diff.tar.gzip", compressed)),
        };
        await BlobAsync(name, image, cancellation);
        await BlobAsync(name, compressed, cancellation);
        await SendAsync(HttpMethod.Put, new Uri(Endpoint, $"/v2/{name}/manifests/latest"), Encoding.UTF8.GetBytes(manifest.ToJsonString()), ManifestType, cancellation);
    }

    private async Task BlobAsync(string name, byte[] content, CancellationToken cancellation)
    {
        var upload = await SendAsync(HttpMethod.Post, new Uri(Endpoint, $"/v2/{name}/blobs/uploads/"), [], null, cancellation);
        var place = new Uri(Endpoint, upload!);
        var separator = place.Query.Length == 0 ? '?' : '&';
        await SendAsync(HttpMethod.Put, new Uri($"{place}{separator}digest={Digest(content)}"), content, "application/octet-stream", cancellation);
    }

    private async Task<Uri?> SendAsync(HttpMethod method, Uri address, byte[] content, string? type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, address) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        using var answer = await _http.SendAsync(request, cancellation);
        return answer.IsSuccessStatusCode
            ? answer.Headers.Location
            : throw new InvalidOperationException($"{method} {address} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    private static JsonObject Described(string type, byte[] content) => new() { ["mediaType"] = type, ["size"] = content.Length, ["digest"] = Digest(content) };

    private static string Digest(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}
