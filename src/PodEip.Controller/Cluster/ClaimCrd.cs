namespace PodEip.Controller.Cluster;

/// <summary>The EIPClaim CRD as it is generated into deploy/crd, carried in this program.</summary>
internal static class ClaimCrd
{
    private const string Resource = "eipclaims.yaml";

    /// <summary>The manifest, YAML in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Manifest()
    {
        using var stream = typeof(ClaimCrd).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"this program was built without its resource {Resource}");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
