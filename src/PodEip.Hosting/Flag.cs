using System.CommandLine;
using PodEip.Api;

namespace PodEip.Hosting;

/// <summary>
/// A flag with its twin in the environment. The flag wins. Values are read here and not by the command-line library, so that
/// a bad one gets the same words wherever it came from: field, value, what is allowed.
/// </summary>
public abstract class Flag
{
    private const string VariablePrefix = "PODEIP_";

    private protected Flag(string name, string value, string description, bool isSwitch)
    {
        Name = name;
        Variable = VariablePrefix + name[2..].Replace('-', '_').ToUpperInvariant();
        Option = new Option<string?>(name)
        {
            Description = description,
            HelpName = value,
            Arity = isSwitch ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
    }

    /// <summary>With its dashes.</summary>
    public string Name { get; }

    /// <summary>The environment variable.</summary>
    public string Variable { get; }

    /// <summary>As the command-line library knows it.</summary>
    public Option<string?> Option { get; }
}

/// <summary>A flag with values of one type.</summary>
public sealed class Flag<T> : Flag
    where T : notnull
{
    private readonly Func<string, Parsed<T>> _parse;
    private readonly bool _isSwitch;

    /// <summary>Declares a flag.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="value">What help calls its value.</param>
    /// <param name="description">One sentence; help shows it.</param>
    /// <param name="parse">Reads a value.</param>
    /// <param name="isSwitch">The flag alone means <c>true</c>.</param>
    public Flag(string name, string value, string description, Func<string, Parsed<T>> parse, bool isSwitch = false)
        : base(name, value, description, isSwitch) => (_parse, _isSwitch) = (parse, isSwitch);

    /// <summary>The value given, from the command line or the environment. An empty variable counts as absent.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="surroundings">The environment.</param>
    /// <param name="problems">Gets a line when the value can't be read.</param>
    /// <param name="value">The value.</param>
    public bool TryGet(ParseResult result, Surroundings surroundings, List<string> problems, out T value)
    {
        value = default!;
        var given = result.GetResult(Option);
        // Arity errors are told by the library.
        var text = given is { Implicit: false } ? (given.Errors.Any() ? null : result.GetValue(Option) ?? (_isSwitch ? "true" : null)) : null;
        var place = Name;
        if (given is not { Implicit: false } && surroundings.Variable(Variable) is { Length: > 0 } variable)
        {
            (text, place) = (variable, $"{Name} (from {Variable})");
        }

        if (text is null)
        {
            return false;
        }

        var parsed = _parse(text);
        if (!parsed.IsValid)
        {
            problems.Add($"{place}: {parsed.Error}");
            return false;
        }

        value = parsed.Value;
        return true;
    }

    /// <summary>The value of a flag that must be given. What is wrong with it, or that it is missing, is told once.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="surroundings">The environment.</param>
    /// <param name="problems">Gets a line when there is no value.</param>
    /// <returns>The value; null when there is none.</returns>
    public T? Require(ParseResult result, Surroundings surroundings, List<string> problems)
    {
        var before = problems.Count;
        if (TryGet(result, surroundings, problems, out var value))
        {
            return value;
        }

        if (problems.Count == before && !result.Errors.Any(e => e.SymbolResult is System.CommandLine.Parsing.OptionResult o && o.Option == Option))
        {
            problems.Add($"{Name}: is required; give the flag or set {Variable}");
        }

        return default;
    }
}
