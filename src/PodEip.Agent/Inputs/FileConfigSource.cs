namespace PodEip.Agent.Inputs;

/// <summary>A mounted file. The kubelet replaces what it mounts by renaming links, which no watch of the file itself would see: it is read again in time.</summary>
/// <param name="path">The file.</param>
public sealed class FileConfigSource(string path) : IConfigSource
{
    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public TimeSpan? RereadAfter => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public ConfigText Read()
    {
        try
        {
            return new ConfigText(File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ConfigText(null);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
