using System.Security.Cryptography;
using System.Text.Json;
using PodEip.Dev.ControlPlane;

namespace PodEip.Dev.Quickstart;

/// <summary>A key pair of the simulated cloud, made for one quickstart. It may do what the CAM policy in deploy/cam says, and no more.</summary>
internal sealed record CloudKey(string SecretId, string SecretKey)
{
    /// <summary>The pair of a folder, made at first use.</summary>
    public static CloudKey Of(QuickstartFiles files)
    {
        if (File.Exists(files.Key) && JsonSerializer.Deserialize(File.ReadAllText(files.Key), QuickstartJson.Default.CloudKey) is { } kept)
            return kept;
        var key = new CloudKey("AKID" + RandomNumberGenerator.GetString(Letters, 32), RandomNumberGenerator.GetString(Letters, 32));
        PrivateFile.Write(files.Key, JsonSerializer.Serialize(key, QuickstartJson.Default.CloudKey));
        return key;
    }

    /// <inheritdoc/>
    public override string ToString() => SecretId;

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
}
