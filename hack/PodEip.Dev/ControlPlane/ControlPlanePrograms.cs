using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PodEip.Dev.ControlPlane;

/// <summary>The programs in a folder, and what of their flags differs by version.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Minor">Kubernetes 1.<c>Minor</c>.</param>
/// <param name="EtcdCanSkipFsync">Whether etcd knows <c>--unsafe-no-fsync</c>: nobody needs this data after a power cut, and it is slow.</param>
internal sealed partial record ControlPlanePrograms(string Folder, int Minor, bool EtcdCanSkipFsync)
{
    public string this[string name] => Path.Combine(Folder, name);

    public static async Task<ControlPlanePrograms> ReadAsync(string folder, CancellationToken cancellation)
    {
        var version = await OutputOfAsync(Path.Combine(folder, "kube-apiserver"), "--version", cancellation);
        var help = await OutputOfAsync(Path.Combine(folder, "etcd"), "--help", cancellation);
        var minor = MinorVersion().Match(version);
        return minor.Success
            ? new(folder, int.Parse(minor.Groups["minor"].ValueSpan, CultureInfo.InvariantCulture), help.Contains("unsafe-no-fsync", StringComparison.Ordinal))
            : throw new ControlPlaneException($"{folder}/kube-apiserver --version printed '{version.Trim()}', which holds no version like v1.20.2");
    }

    private static async Task<string> OutputOfAsync(string file, string argument, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(file, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return await output + await error;
    }

    [GeneratedRegex(@"v1\.(?<minor>\d+)\.", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MinorVersion();
}
