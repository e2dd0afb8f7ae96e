using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using PodEip.NodeTests.Hosts;
using Xunit;

namespace PodEip.NodeTests.Manifests;

/// <summary>What <c>hack/images</c> builds, read as a registry gets it. That a node runs it is <see cref="InClusterTests"/>' to show.</summary>
public sealed class ImageTests
{
    /// <summary>The machine that an ELF file is for.</summary>
    private static readonly Dictionary<string, int> Machines = new(StringComparer.Ordinal) { ["amd64"] = 0x3e, ["arm64"] = 0xb7 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_tag_leads_to_a_program_for_amd64_and_one_for_arm64()
    {
        Room.Require();
        var archive = await ImageArchive.ReadAsync("agent", Stop);

        Assert.Equal(["amd64", "arm64"], archive.Listed.Select(one => (string)one["platform"]!["architecture"]!).Order(StringComparer.Ordinal));
        foreach (var listed in archive.Listed)
        {
            var architecture = (string)listed["platform"]!["architecture"]!;
            var manifest = JsonNode.Parse(archive[(string)listed["digest"]!])!;
            var config = JsonNode.Parse(archive[(string)manifest["config"]!["digest"]!])!;
            Assert.Equal((architecture, "linux"), ((string?)config["architecture"], (string?)config["os"]));
            Assert.Equal("/app/podeip-agent", (string?)config["config"]!["Entrypoint"]![0]);
            // A value with colons, of which the SDK passes on the part before the first.
            Assert.Matches("T[0-9]{2}:[0-9]{2}:[0-9]{2}", (string?)config["config"]!["Labels"]!["org.opencontainers.image.created"]);
            // Of our layer and of the base's.
            var layers = manifest["layers"]!.AsArray().Select(layer => archive[(string)layer!["digest"]!]).ToList();
            Assert.Equal(Machines[architecture], await MachineAsync(layers, "app/podeip-agent"));
            Assert.Equal(Machines[architecture], await MachineAsync(layers, "usr/sbin/nft"));
        }
    }

    private static async Task<int> MachineAsync(IEnumerable<byte[]> layers, string path)
    {
        foreach (var layer in layers)
        {
            await using var tar = new TarReader(new GZipStream(new MemoryStream(layer), CompressionMode.Decompress));
            while (await tar.GetNextEntryAsync(copyData: false, Stop) is { } entry)
            {
                if (entry.Name.TrimStart('.', '/') != path)
                    continue;
                var head = new byte[20];
                await entry.DataStream!.ReadExactlyAsync(head, Stop);
                return BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(18));
            }
        }

        throw new InvalidOperationException($"no layer holds {path}");
    }
}
