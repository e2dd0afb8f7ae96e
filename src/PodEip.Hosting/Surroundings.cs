namespace PodEip.Hosting;

/// <summary>What the process finds around it, replaced in tests.</summary>
public sealed record Surroundings
{
    private const string NamespaceFile = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The namespace of the Pod this runs in; null when it runs in none.</summary>
    public Func<string?> PodNamespace { get; init; } = ReadPodNamespace;

    private static string? ReadPodNamespace()
    {
        try
        {
            return File.ReadAllText(NamespaceFile).Trim() is { Length: > 0 } ns ? ns : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not in a Pod, or one without a token.
            return null;
        }
    }
}
