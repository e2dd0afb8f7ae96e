using System.Text.Json;

namespace PodEip.CloudSim.State;

/// <summary>The file behind <c>--state</c>, replaced atomically: a reader, or a restart after a crash, sees the old one or the new one.</summary>
internal sealed class StateFile(string path)
{
    /// <returns>The state; null when there is no file yet.</returns>
    /// <exception cref="InvalidDataException">The file is no state of a simulator.</exception>
    public async Task<SimulatorState?> LoadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            await using var stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync(stream, StateJson.Default.SimulatorState, cancellationToken) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"State file {path} cannot be read: {e.Message} Remove it to start afresh.", e);
        }
    }

    public async Task SaveAsync(SimulatorState state, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(state, StateJson.Default.SimulatorState);
        await AtomicFile.WriteAsync(path, bytes, cancellationToken);
    }
}
