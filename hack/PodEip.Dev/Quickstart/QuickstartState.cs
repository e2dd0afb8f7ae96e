using System.Text.Json;
using PodEip.Dev.ControlPlane;
using PodEip.Dev.Processes;

namespace PodEip.Dev.Quickstart;

/// <summary>What a quickstart leaves in its folder so that the next command finds it.</summary>
internal sealed record QuickstartState
{
    /// <summary>The context of the user's kubeconfig that it runs in; null for the local control plane.</summary>
    public string? Context { get; init; }

    /// <summary>The simulated cloud; null before its first start.</summary>
    public RunningPart? Cloud { get; init; }

    /// <summary>The controller; null before its first start.</summary>
    public RunningPart? Controller { get; init; }

    /// <summary>The CRD was not there before us, so it goes with us.</summary>
    public bool CrdIsOurs { get; init; }

    /// <summary>Reads the state; an empty one if there is none.</summary>
    public static QuickstartState Read(QuickstartFiles files)
    {
        if (!File.Exists(files.State))
            return new();
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(files.State), QuickstartJson.Default.QuickstartState) ?? new();
        }
        catch (JsonException e)
        {
            throw new QuickstartException($"{files.State} is not what the quickstart writes ({e.Message}); if nothing of it runs any more, delete the folder", e);
        }
    }

    /// <summary>Writes the state.</summary>
    public void Write(QuickstartFiles files) => PrivateFile.Write(files.State, JsonSerializer.Serialize(this, QuickstartJson.Default.QuickstartState));
}

/// <summary>A program of ours that outlives the command.</summary>
/// <param name="Process">The process.</param>
/// <param name="Inputs">All it was started with: with other inputs it has to be started anew.</param>
internal sealed record RunningPart(ProcessIdentity Process, IReadOnlyList<string> Inputs);
