using System.CommandLine;
using System.Text.RegularExpressions;
using PodEip.Api;
using PodEip.Controller.Commands;
using PodEip.Controller.Hosting;
using PodEip.Controller.Teardown;
using PodEip.Hosting;

namespace PodEip.Controller.Adoption;

/// <summary>The command line of <c>podeip-controller adopt</c>.</summary>
internal sealed partial class AdoptCommand : SubCommand
{
    private readonly OwnFlags _own;
    private readonly Func<AdoptionOptions, Task<int>> _run;

    /// <summary>Declares it.</summary>
    /// <param name="controller">The controller's flags.</param>
    /// <param name="run">Runs it; returns the exit code.</param>
    public AdoptCommand(ControllerFlags controller, Func<AdoptionOptions, Task<int>> run)
        : this(controller, new OwnFlags(), run)
    {
    }

    private AdoptCommand(ControllerFlags controller, OwnFlags own, Func<AdoptionOptions, Task<int>> run)
        : base(controller, "adopt", "Gives the fixed addresses of a lost cluster to the Pods of the same names in this one.", own.All) => (_own, _run) = (own, run);

    /// <inheritdoc/>
    public override string Examples => """
        Examples:
          # What would be done?
          podeip-controller adopt --cluster-id cls-new --region ap-guangzhou --from-cluster-id cls-old --from-cluster-uid 5f0f6d0e-... --dry-run

          # The StatefulSets are not restored yet: name the Pods.
          podeip-controller adopt --cluster-id cls-new --region ap-guangzhou --from-cluster-id cls-old --from-cluster-uid 5f0f6d0e-... \
            --names shop/web-0,shop/web-1

        Adopt before the workloads start: a Pod that starts first buys itself another address.
        A run that was cut off is finished by running it again.

        Exit codes: 0 done, or shown; 1 something failed, or a fixed address is left with the lost cluster; 2 wrong usage.
        """;

    /// <inheritdoc/>
    public override Func<Task<int>>? Read(ParseResult result, Surroundings surroundings, List<string> problems)
    {
        var access = ReadAccess(result, surroundings, problems);
        var names = _own.Names.TryGet(result, surroundings, problems, out var given) ? given : [];
        var file = _own.NamesFile.TryGet(result, surroundings, problems, out var read) ? read : [];
        var options = new AdoptionOptions
        {
            Controller = access!,
            FromClusterId = _own.FromClusterId.Require(result, surroundings, problems) ?? "",
            FromClusterUid = _own.FromClusterUid.Require(result, surroundings, problems) ?? "",
            Names = [.. names, .. file],
            All = _own.Orphans.TryGet(result, surroundings, problems, out var all) && all,
            DryRun = _own.DryRun.TryGet(result, surroundings, problems, out var dry) && dry,
            Json = _own.OutputForm.TryGet(result, surroundings, problems, out var json) && json,
        };
        return access is null || problems.Count > 0 ? null : () => _run(options);
    }

    private static Parsed<IReadOnlyList<ClaimKey>> Keys(string text) => KeysOf(text.Split(',', StringSplitOptions.TrimEntries));

    private static Parsed<IReadOnlyList<ClaimKey>> KeysOfFile(string path)
    {
        try
        {
            return KeysOf(File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Refusal($"{Quoted.Value(path)} can't be read: {e.Message}");
        }
    }

    private static Parsed<IReadOnlyList<ClaimKey>> KeysOf(IEnumerable<string> names)
    {
        var keys = new List<ClaimKey>();
        foreach (var name in names)
        {
            if (!NameForm().IsMatch(name))
            {
                return new Refusal($"{Quoted.Value(name)}: want NAMESPACE/NAME of a Pod, such as shop/web-0");
            }

            var slash = name.IndexOf('/', StringComparison.Ordinal);
            keys.Add(new ClaimKey(name[..slash], name[(slash + 1)..]));
        }

        return Parsed.Of<IReadOnlyList<ClaimKey>>(keys);
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameForm();

    private sealed class OwnFlags
    {
        public Flag<string> FromClusterId { get; } = new("--from-cluster-id", "ID", "Required. The lost cluster's --cluster-id.", CloudFlagValues.ClusterId);

        public Flag<string> FromClusterUid { get; } = new("--from-cluster-uid", "UID", "Required. UID of the lost cluster's kube-system; teardown without --cluster-uid lists those that the cloud knows.", TeardownCommand.Uid);

        public Flag<IReadOnlyList<ClaimKey>> Names { get; } = new("--names", "NS/NAME,...", "Names of Pods that had an address, beside those of this cluster's claims, Pods and StatefulSets.", Keys);

        public Flag<IReadOnlyList<ClaimKey>> NamesFile { get; } = new("--names-file", "FILE", "The same from a file, one NS/NAME a line; lines that begin with # are left out.", KeysOfFile);

        public Flag<bool> Orphans { get; } = Switch("--all", "Take fixed addresses over too whose name is not known; they are kept until that name comes. Default: false.");

        public Flag<bool> DryRun { get; } = Switch("--dry-run", "Only show what would be done. Default: false.");

        public Flag<bool> OutputForm { get; } = OutputFlag();

        public IReadOnlyList<Flag> All => [FromClusterId, FromClusterUid, Names, NamesFile, Orphans, DryRun, OutputForm];
    }
}
