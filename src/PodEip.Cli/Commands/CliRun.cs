using System.CommandLine;
using PodEip.Cli.Writing;
using PodEip.Hosting;

namespace PodEip.Cli.Commands;

/// <summary>One run of a command.</summary>
/// <param name="Result">The command line.</param>
/// <param name="Terminal">Where it reads and writes.</param>
/// <param name="Surroundings">The environment.</param>
/// <param name="Time">The clock.</param>
internal sealed record CliRun(ParseResult Result, Terminal Terminal, Surroundings Surroundings, TimeProvider Time)
{
    /// <summary>The value of an option or its default.</summary>
    public T? Value<T>(Option<T> option) => Result.GetValue(option);

    /// <summary>The value of an argument.</summary>
    public T Value<T>(Argument<T> argument) => Result.GetRequiredValue(argument);
}
