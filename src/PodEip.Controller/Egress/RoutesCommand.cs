using System.CommandLine;
using PodEip.Controller.Commands;
using PodEip.Controller.Hosting;
using PodEip.Hosting;

namespace PodEip.Controller.Egress;

/// <summary>The command line of <c>podeip-controller routes</c>.</summary>
internal sealed class RoutesCommand : SubCommand
{
    private readonly OwnFlags _own;
    private readonly Func<RoutesOptions, Task<int>> _run;

    /// <summary>Declares it.</summary>
    /// <param name="controller">The controller's flags.</param>
    /// <param name="run">Runs it; returns the exit code.</param>
    public RoutesCommand(ControllerFlags controller, Func<RoutesOptions, Task<int>> run)
        : this(controller, new OwnFlags(), run)
    {
    }

    private RoutesCommand(ControllerFlags controller, OwnFlags own, Func<RoutesOptions, Task<int>> run)
        : base(controller, "routes", "Shows which way packets leave the subnets of bound Pods, and which routes to EIP are missing.", own.All) => (_own, _run) = (own, run);

    /// <inheritdoc/>
    public override string Examples => """
        Examples:
          # Which route wins, what would be added, and which subnets does it act on? Changes nothing.
          podeip-controller routes --cluster-id cls-abcdefgh --region ap-guangzhou

          # For a script: the tables in which another next hop goes before the addresses.
          podeip-controller routes --cluster-id cls-abcdefgh --region ap-guangzhou -o json | jq '.tables[] | select(.way == "Diverted")'

          # Add the missing routes. They stay until somebody removes them.
          podeip-controller routes --cluster-id cls-abcdefgh --region ap-guangzhou --apply

        A route acts on every subnet that uses its table. Sources without an address of their own go on as before.
        With --manage-eip-routes the controller adds the routes by itself, and removes them when no bound Pod is left.

        Exit codes: 0 done, or shown; 1 something failed; 2 wrong usage.
        """;

    /// <inheritdoc/>
    public override Func<Task<int>>? Read(ParseResult result, Surroundings surroundings, List<string> problems)
    {
        var access = ReadAccess(result, surroundings, problems);
        var options = new RoutesOptions
        {
            Controller = access!,
            Apply = _own.Apply.TryGet(result, surroundings, problems, out var apply) && apply,
            Json = _own.OutputForm.TryGet(result, surroundings, problems, out var json) && json,
        };
        return access is null || problems.Count > 0 ? null : () => _run(options);
    }

    private sealed class OwnFlags
    {
        public Flag<bool> Apply { get; } = Switch("--apply", "Add the missing routes to EIP; without it nothing is changed. Default: false.");

        public Flag<bool> OutputForm { get; } = OutputFlag();

        public IReadOnlyList<Flag> All => [Apply, OutputForm];
    }
}
