using System.Globalization;

namespace PodEip.Kubernetes.Api;

/// <summary>The answer of <c>/version</c>.</summary>
internal sealed record VersionInfo(string? Major, string? Minor, string? GitVersion)
{
    public ServerVersion ToServerVersion() => new(Number(Major), Number(Minor), GitVersion ?? "");

    private static int Number(string? text)
        => int.TryParse(text.AsSpan().TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
