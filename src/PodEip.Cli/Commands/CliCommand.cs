using System.CommandLine;

namespace PodEip.Cli.Commands;

/// <summary>One command of <c>kubectl eip</c>. Its constructor declares arguments and options.</summary>
internal abstract class CliCommand
{
    protected CliCommand(string name, string description)
        : this(new Command(name, description))
    {
    }

    protected CliCommand(Command command) => Command = command;

    /// <summary>As the command-line library knows it.</summary>
    public Command Command { get; }

    /// <summary>Shown at the end of its help.</summary>
    public abstract string Examples { get; }

    /// <summary>Runs it.</summary>
    /// <param name="run">The command line and what is around it.</param>
    /// <param name="stop">Asks to stop.</param>
    /// <returns>Of <see cref="CliExitCodes"/>.</returns>
    public abstract Task<int> RunAsync(CliRun run, CancellationToken stop);

    protected T Declare<T>(T option)
        where T : Option
    {
        Command.Options.Add(option);
        return option;
    }

    protected Option<bool> Switch(string name, string description, params string[] aliases) => Declare(new Option<bool>(name, aliases) { Description = description });

    protected Option<string?> Text(string name, string value, string description, params string[] aliases) =>
        Declare(new Option<string?>(name, aliases) { Description = description, HelpName = value });

    /// <summary>An option with few values, which completion offers.</summary>
    protected Option<string?> OneOf(string name, string description, string[] words, params string[] aliases)
    {
        var option = Text(name, string.Join('|', words), description, aliases);
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    protected Argument<string> Required(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description, HelpName = name };
        Command.Arguments.Add(argument);
        return argument;
    }
}
