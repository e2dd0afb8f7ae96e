using System.Text.Json;
using System.Text.Json.Serialization;
using PodEip.Dev.Processes;

namespace PodEip.Dev.ControlPlane;

/// <summary>What a detached control plane leaves in its folder so that another process finds it.</summary>
/// <param name="Assets">The folder of the programs.</param>
/// <param name="BindAddress">Where the API server listens.</param>
/// <param name="Ports">The ports in use.</param>
/// <param name="Processes">Who runs, by part.</param>
internal sealed record ControlPlaneState(string Assets, string BindAddress, ControlPlanePorts Ports, IReadOnlyDictionary<ControlPlanePart, ProcessIdentity> Processes)
{
    /// <summary>Reads the state, or null if there is none.</summary>
    public static ControlPlaneState? Read(ControlPlaneFiles files)
    {
        if (!File.Exists(files.State))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(files.State), ControlPlaneStateJson.Default.ControlPlaneState);
        }
        catch (JsonException e)
        {
            throw new ControlPlaneException($"{files.State} is not what `cluster up` writes ({e.Message}); if no control plane of this folder runs any more, delete the folder", e);
        }
    }

    /// <summary>Writes the state.</summary>
    public void Write(ControlPlaneFiles files) =>
        PrivateFile.Write(files.State, JsonSerializer.Serialize(this, ControlPlaneStateJson.Default.ControlPlaneState));
}

[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ControlPlaneState))]
internal sealed partial class ControlPlaneStateJson : JsonSerializerContext;
