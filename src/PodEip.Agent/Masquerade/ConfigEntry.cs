namespace PodEip.Agent.Masquerade;

/// <summary>A key of the config and what was written for it, whether in JSON or in YAML.</summary>
/// <param name="Key">As written.</param>
/// <param name="Value">What was written for it.</param>
internal sealed record ConfigEntry(string Key, ConfigValue Value);

/// <summary>A value as it was written, before its type is known to be right.</summary>
internal abstract record ConfigValue
{
    /// <summary>How a message names it.</summary>
    public abstract string Shown { get; }
}

/// <summary>Text in quotes, or YAML's bare words that are nothing else.</summary>
internal sealed record TextValue(string Text) : ConfigValue
{
    public override string Shown => Api.Quoted.Value(Text);
}

/// <summary>A number, true, false or null, by its spelling.</summary>
internal sealed record BareValue(string Word) : ConfigValue
{
    public bool IsNull => Word is "null" or "~" or "";

    public override string Shown => IsNull ? "null" : Api.Quoted.Shorten(Word);
}

/// <summary>A list.</summary>
internal sealed record ListValue(IReadOnlyList<ConfigValue> Items) : ConfigValue
{
    public override string Shown => "a list";
}

/// <summary>A mapping, or a list within a list: no key takes one.</summary>
internal sealed record NestedValue(string Kind) : ConfigValue
{
    public override string Shown => Kind;
}
