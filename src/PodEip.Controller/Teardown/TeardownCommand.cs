using System.CommandLine;
using System.Text.RegularExpressions;
using PodEip.Api;
using PodEip.Claims.Teardown;
using PodEip.Controller.Commands;
using PodEip.Controller.Hosting;
using PodEip.Hosting;

namespace PodEip.Controller.Teardown;

/// <summary>The command line of <c>podeip-controller teardown</c>.</summary>
internal sealed partial class TeardownCommand : SubCommand
{
    private readonly OwnFlags _own;
    private readonly Func<TeardownOptions, Task<int>> _run;

    /// <summary>Declares it.</summary>
    /// <param name="controller">The controller's flags.</param>
    /// <param name="run">Runs it; returns the exit code.</param>
    public TeardownCommand(ControllerFlags controller, Func<TeardownOptions, Task<int>> run)
        : this(controller, new OwnFlags(), run)
    {
    }

    private TeardownCommand(ControllerFlags controller, OwnFlags own, Func<TeardownOptions, Task<int>> run)
        : base(controller, "teardown", "Unbinds and gives back every address that was bought for a cluster, and frees the given ones.", own.All) => (_own, _run) = (own, run);

    /// <inheritdoc/>
    public override string Examples => """
        Examples:
          # What would be done?
          podeip-controller teardown --cluster-id cls-abcdefgh --region ap-guangzhou --dry-run

          # The workloads are gone and the controller is stopped: give everything back.
          podeip-controller teardown --cluster-id cls-abcdefgh --region ap-guangzhou

          # Fixed addresses are to move to another cluster.
          podeip-controller teardown --cluster-id cls-abcdefgh --region ap-guangzhou --keep

          # The cluster is lost. Without --cluster-uid the UIDs that the cloud knows are listed.
          podeip-controller teardown --cluster-id cls-abcdefgh --region ap-guangzhou --cluster-uid 5f0f6d0e-...

        A run that was cut off is finished by running it again.

        Exit codes: 0 done, or shown; 1 something failed, or an own address is left; 2 wrong usage, or the cluster must be named.
        """;

    /// <inheritdoc/>
    public override Func<Task<int>>? Read(ParseResult result, Surroundings surroundings, List<string> problems)
    {
        var access = ReadAccess(result, surroundings, problems);
        var options = access is null ? null : new TeardownOptions
        {
            Controller = access,
            DryRun = _own.DryRun.TryGet(result, surroundings, problems, out var dry) && dry,
            Force = _own.Force.TryGet(result, surroundings, problems, out var force) && force,
            Json = _own.OutputForm.TryGet(result, surroundings, problems, out var json) && json,
            ClusterUid = _own.ClusterUid.TryGet(result, surroundings, problems, out var uid) ? uid : null,
            Choice = new TeardownChoice(
                _own.Keep.TryGet(result, surroundings, problems, out var keep) && keep,
                (_own.Include.TryGet(result, surroundings, problems, out var include) ? include : []).ToHashSet(StringComparer.Ordinal)),
        };
        if (options is { ClusterUid: not null, Force: true })
        {
            problems.Add($"{_own.Force.Name}: has no meaning with {_own.ClusterUid.Name}: a lost cluster has no controller");
        }

        if (options is { ClusterUid: not null, Controller.Kubeconfig: not null })
        {
            problems.Add($"{_own.ClusterUid.Name}: excludes --kubeconfig: a lost cluster is not asked, and one that can be asked tells its UID itself");
        }

        return options is null || problems.Count > 0 ? null : () => _run(options);
    }

    private static Parsed<IReadOnlyList<string>> Ids(string text)
    {
        var ids = text.Split(',', StringSplitOptions.TrimEntries);
        var bad = ids.FirstOrDefault(id => !IdForm().IsMatch(id));
        return bad is null ? Parsed.Of<IReadOnlyList<string>>(ids) : new Refusal($"{Quoted.Value(bad)}: want ids of addresses with commas between, such as eip-1a2b3c4d,eip-5e6f7a8b");
    }

    internal static Parsed<string> Uid(string text) =>
        UidForm().IsMatch(text) ? text : new Refusal($"{Quoted.Value(text)}: want the UID of the namespace kube-system, such as 5f0f6d0e-7a52-4c4e-9d3b-0d2f9c1f7a11");

    [GeneratedRegex(@"\Aeip-[a-z0-9]+\z", RegexOptions.None, 1000)]
    private static partial Regex IdForm();

    [GeneratedRegex(@"\A[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UidForm();

    private sealed class OwnFlags
    {
        public Flag<bool> DryRun { get; } = Switch("--dry-run", "Only show what would be done. Default: false.");

        public Flag<bool> Keep { get; } = Switch("--keep", "Fixed addresses are unbound and stay in the account, to be adopted by another cluster. Default: false.");

        public Flag<IReadOnlyList<string>> Include { get; } = new("--include", "EIP,...", "Own addresses to take off and give back although they are bound outside.", Ids);

        public Flag<string> ClusterUid { get; } = new("--cluster-uid", "UID", "UID of kube-system of a cluster that is lost: no cluster is asked. Default: that of the cluster.", Uid);

        public Flag<bool> Force { get; } = Switch("--force", "Go on although a controller holds the lease; if it lives it buys and binds again. Default: false.");

        public Flag<bool> OutputForm { get; } = OutputFlag();

        public IReadOnlyList<Flag> All => [DryRun, Keep, Include, ClusterUid, Force, OutputForm];
    }
}
