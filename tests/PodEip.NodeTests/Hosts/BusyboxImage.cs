using System.Formats.Tar;
using System.IO.Compression;

namespace PodEip.NodeTests.Hosts;

/// <summary>Makes the one layer of the image <c>busybox</c> from the machine's own static busybox.</summary>
internal static class BusyboxImage
{
    /// <summary>Tells a caller over HTTP from which address it came.</summary>
    /// <remarks>httpd shows an IPv4 caller as an IPv6 one in brackets.</remarks>
    private const string Script = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\necho \"$REMOTE_ADDR\" | sed 's/^\\[::ffff:\\(.*\\)\\]$/\\1/'\n";

    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private const string Program = "/bin/busybox";

    /// <summary>The layer, uncompressed.</summary>
    public static async Task<byte[]> LayerAsync(CancellationToken cancellation)
    {
        var applets = (await CommandLine.RunAsync(Program, ["--list"], input: null, cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var layer = new MemoryStream();
        await using (var tar = new TarWriter(layer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var folder in (string[])["bin", "etc", "tmp", "proc", "sys", "dev", "www", "www/cgi-bin"])
                await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.Directory, folder) { Mode = Executable }, cancellation);
            await FileAsync(tar, "bin/busybox", await File.ReadAllBytesAsync(Program, cancellation), cancellation);
            await FileAsync(tar, "www/cgi-bin/source", System.Text.Encoding.ASCII.GetBytes(Script), cancellation);
            foreach (var applet in applets.Where(applet => applet != "busybox"))
                await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.SymbolicLink, "bin/" + applet) { LinkName = "busybox" }, cancellation);
        }

        return layer.ToArray();
    }

    /// <summary>A layer as it is stored.</summary>
    public static byte[] Compress(byte[] layer)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(layer);
        return compressed.ToArray();
    }

    private static async Task FileAsync(TarWriter tar, string name, byte[] content, CancellationToken cancellation)
    {
        using var data = new MemoryStream(content);
        await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { Mode = Executable, DataStream = data }, cancellation);
    }
}
