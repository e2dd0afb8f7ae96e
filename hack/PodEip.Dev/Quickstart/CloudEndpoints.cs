using System.Text.Json;

namespace PodEip.Dev.Quickstart;

/// <summary>Where the simulator listens, as its <c>--endpoints-file</c> says.</summary>
internal sealed record CloudEndpoints(Uri Api, Uri Control, Uri Metadata)
{
    /// <summary>Reads the file; null while there is none.</summary>
    public static CloudEndpoints? Read(QuickstartFiles files) =>
        File.Exists(files.CloudEndpoints) ? JsonSerializer.Deserialize(File.ReadAllText(files.CloudEndpoints), QuickstartJson.Default.CloudEndpoints) : null;
}
