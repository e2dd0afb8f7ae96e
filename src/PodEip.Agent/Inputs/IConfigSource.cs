namespace PodEip.Agent.Inputs;

/// <summary>Where the config's text comes from.</summary>
public interface IConfigSource
{
    /// <summary>Names it in messages.</summary>
    string Name { get; }

    /// <summary>How long what was read may be used before it is read again; null when the source says by itself that it changed.</summary>
    TimeSpan? RereadAfter { get; }

    /// <summary>Reads the text as it is now.</summary>
    /// <exception cref="IOException">It is there and can't be read.</exception>
    ConfigText Read();
}
