using System.CommandLine;
using PodEip.Controller.Hosting;
using PodEip.Hosting;

namespace PodEip.Controller.Commands;

/// <summary>A command of <c>podeip-controller</c> beside running the controller. It takes the controller's flags of access, and some of its own.</summary>
internal abstract class SubCommand
{
    private readonly ControllerFlags _flags;

    protected SubCommand(ControllerFlags flags, string name, string description, IReadOnlyList<Flag> own)
    {
        _flags = flags;
        Own = own;
        Command = new Command(name, description);
        foreach (var flag in Own.Concat(Access(flags)))
        {
            Command.Options.Add(flag.Option);
        }

        Command.SetAction(_ => 0);
    }

    /// <summary>As the command-line library knows it.</summary>
    public Command Command { get; }

    /// <summary>Its own flags.</summary>
    public IReadOnlyList<Flag> Own { get; }

    /// <summary>Shown at the end of its help.</summary>
    public abstract string Examples { get; }

    /// <summary>Reads the command line.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="surroundings">The environment.</param>
    /// <param name="problems">Gets a line for each thing that is wrong.</param>
    /// <returns>Runs it, to its exit code; null when there are problems.</returns>
    public abstract Func<Task<int>>? Read(ParseResult result, Surroundings surroundings, List<string> problems);

    /// <summary>The flags that say how cluster and cloud are reached.</summary>
    protected static IEnumerable<Flag> Access(ControllerFlags flags) =>
    [
        flags.ClusterId, flags.Region, flags.VpcId, flags.Kubeconfig, flags.Context, flags.Namespace, flags.LeaderElectNamespace,
        flags.CloudEndpoint, flags.CloudEndpoints, flags.MetadataEndpoint, flags.RoleName, flags.AssumeRoleArn, flags.CallTimeout, flags.RateShare, flags.RateMultiplier,
        flags.AnnotationPrefix, flags.StartupTimeout, flags.LogFormat, flags.LogLevel,
    ];

    /// <summary>Reads the controller's part. A command that runs once logs only what is wrong unless told otherwise.</summary>
    protected ControllerOptions? ReadAccess(ParseResult result, Surroundings surroundings, List<string> problems)
    {
        var options = new ControllerOptionsReader(_flags, result, surroundings).Read(out var found);
        problems.AddRange(found);
        return options is null || _flags.LogLevel.TryGet(result, surroundings, [], out _) ? options : options with { LogLevel = Microsoft.Extensions.Logging.LogLevel.Warning };
    }

    /// <summary>A flag without value.</summary>
    protected static Flag<bool> Switch(string name, string description) => new(name, "true|false", description, FlagValues.Switch, isSwitch: true);

    /// <summary>The form of the output.</summary>
    protected static Flag<bool> OutputFlag()
    {
        var flag = new Flag<bool>("--output", "table|json", "Form of the result. Default: table.", FlagValues.OneOf(("table", false), ("json", true)));
        flag.Option.Aliases.Add("-o");
        return flag;
    }
}
