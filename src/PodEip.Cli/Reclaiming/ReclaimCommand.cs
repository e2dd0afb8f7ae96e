using System.CommandLine;
using PodEip.Api.Resources;
using PodEip.Cli.Commands;
using PodEip.Cli.Why;
using PodEip.Controller.Cluster;
using PodEip.Controller.Commands;
using PodEip.Controller.Explaining;
using PodEip.Kubernetes.Api;
using PodEip.Kubernetes.Objects;

namespace PodEip.Cli.Reclaiming;

/// <summary><c>kubectl eip reclaim POD</c>.</summary>
internal sealed class ReclaimCommand : CliCommand
{
    private readonly ClusterOptions _cluster;
    private readonly Argument<string> _pod;
    private readonly Option<bool> _yes;
    private readonly Option<bool> _force;
    private readonly Option<bool> _dryRun;

    /// <summary>Declares it.</summary>
    public ReclaimCommand(ClusterOptions cluster)
        : base("reclaim", "Gives a claim's address back: deletes the claim, unless a living Pod uses it.")
    {
        _cluster = cluster;
        _pod = Required("POD", "Name of the claim, which is the Pod's. NAMESPACE/NAME will do.");
        _yes = Switch("--yes", "Do not ask.", "-y");
        _force = Switch("--force", "Even while a living Pod uses it: the Pod loses its address and gets one anew, mostly another.");
        _dryRun = Switch("--dry-run", "Only tell what would be done.");
    }

    /// <inheritdoc/>
    public override string Examples => """
        Examples:
          kubectl eip reclaim web-0 -n shop          # asks first
          kubectl eip reclaim web-0 -n shop --yes    # for scripts

        A bought address is released and gone for good; a given one is only unbound and stays yours.
        """;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CliRun run, CancellationToken stop)
    {
        using var cluster = _cluster.Open(run);
        var key = WhyCommand.KeyOf(run.Value(_pod), cluster.Namespace);
        var claim = await cluster.ClaimAsync(key, stop) ?? throw new CommandException(CliExitCodes.Failed, $"There is no claim {key}.");
        var pod = await cluster.Api.GetAsync(ResourcePath.Core("v1", "pods", key.Namespace, key.Name), ClusterJson.Default.PodObject, stop);
        var isUsed = pod is { Metadata.IsTerminating: false } && !PodLife.HasEnded(pod);
        if (isUsed && !run.Value(_force))
        {
            throw new CommandException(CliExitCodes.Failed, $"The Pod {key} lives and uses {Address(claim)}. Delete the Pod (or scale its workload down) first, or say --force.");
        }

        var deed = $"{(claim.Status.Origin is AddressOrigin.Own ? "release" : "free")} {Address(claim)} of {key}{(isUsed ? ", whose Pod lives" : "")}";
        if (run.Value(_dryRun))
        {
            await run.Terminal.Output.WriteLineAsync($"would {deed}");
            return CliExitCodes.Fine;
        }

        if (!run.Value(_yes) && !await AgreesAsync(run, deed, stop))
        {
            return CliExitCodes.Failed;
        }

        // Exactly the claim that was shown: one made anew meanwhile is another matter.
        await cluster.Api.DeleteAsync(ClusterSight.ClaimsPath(key.Namespace, key.Name), new DeletePreconditions(claim.Metadata.Uid, ResourceVersion: null), propagation: null, stop);
        await run.Terminal.Output.WriteLineAsync($"{key}: deleted; {Address(claim)} {(claim.Status.Origin is AddressOrigin.Own ? "is given back" : "is freed")} as soon as it is off the Pod");
        return CliExitCodes.Fine;
    }

    private static string Address(EipClaim claim) => claim.Status is { AddressId: { } id } status ? $"{id} ({status.PublicIp})" : "the address it waits for";

    private static async Task<bool> AgreesAsync(CliRun run, string deed, CancellationToken stop)
    {
        if (!run.Terminal.IsInteractive)
        {
            throw new CommandException(CliExitCodes.Usage, $"Nobody can be asked here whether to {deed}: say --yes.");
        }

        await run.Terminal.Error.WriteAsync($"{char.ToUpperInvariant(deed[0])}{deed[1..]}? [y/N] ");
        var answer = await run.Terminal.Input.ReadLineAsync(stop);
        return answer?.Trim() is "y" or "Y" or "yes" or "Yes";
    }
}
