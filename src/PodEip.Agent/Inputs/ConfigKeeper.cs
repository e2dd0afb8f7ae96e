using PodEip.Agent.Masquerade;

namespace PodEip.Agent.Inputs;

/// <summary>Holds the config in force: the last good one, whatever is written meanwhile.</summary>
public sealed class ConfigKeeper
{
    private readonly ConfigReader _reader;
    private readonly MasqueradeConfig _defaults;
    private readonly IConfigSource _source;
    private string? _seen;
    private bool _hasRead;

    /// <summary>Begins with the defaults.</summary>
    /// <param name="reader">Reads texts.</param>
    /// <param name="defaults">Holds where there is no text.</param>
    /// <param name="source">Where texts come from.</param>
    public ConfigKeeper(ConfigReader reader, MasqueradeConfig defaults, IConfigSource source)
    {
        (_reader, _defaults, _source) = (reader, defaults, source);
        Current = defaults;
    }

    /// <summary>The config in force.</summary>
    public MasqueradeConfig Current { get; private set; }

    /// <summary>Why what is written now is not in force; null when it is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Takes in what is written now.</summary>
    /// <returns>True when it is news: another text, or another reason why it can't be read.</returns>
    public bool Refresh()
    {
        string? text;
        try
        {
            text = _source.Read().Value;
        }
        catch (IOException e)
        {
            var isNews = Problem != e.Message;
            (Problem, _hasRead) = (e.Message, false);
            return isNews;
        }

        if (_hasRead && _seen == text)
        {
            return false;
        }

        (_seen, _hasRead) = (text, true);
        if (text is null)
        {
            (Current, Problem) = (_defaults, null);
            return true;
        }

        var read = _reader.Read(text);
        (Current, Problem) = read.IsValid ? (read.Value, null) : (Current, read.Error);
        return true;
    }
}
