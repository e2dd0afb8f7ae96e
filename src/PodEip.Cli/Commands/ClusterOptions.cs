using System.CommandLine;
using PodEip.Api;
using PodEip.Controller.Commands;
using PodEip.Controller.Explaining;

namespace PodEip.Cli.Commands;

/// <summary>How kubectl's users say which cluster and namespace they mean. Given once at the root, they hold for every command.</summary>
internal sealed class ClusterOptions
{
    /// <summary>Kubeconfig.</summary>
    public Option<string?> Kubeconfig { get; } = new("--kubeconfig") { Description = "Kubeconfig, or several as in KUBECONFIG. Default: KUBECONFIG, ~/.kube/config.", HelpName = "FILE" };

    /// <summary>Context.</summary>
    public Option<string?> Context { get; } = new("--context") { Description = "Context of the kubeconfig. Default: its current one.", HelpName = "NAME" };

    /// <summary>Namespace.</summary>
    public Option<string?> Namespace { get; } = new("--namespace", "-n") { Description = "Namespace. Default: the context's, else default.", HelpName = "NAMESPACE" };

    /// <summary>Prefix of annotations.</summary>
    public Option<string?> Prefix { get; } = new("--annotation-prefix") { Description = $"As the controller's flag. Default: {PodEipNames.DefaultPrefix}", HelpName = "PREFIX" };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [Kubeconfig, Context, Namespace, Prefix];

    /// <summary>Those that say which cluster, as they were given.</summary>
    public IEnumerable<string> Words(CliRun run) =>
        from option in new[] { Kubeconfig, Context }
        let value = run.Value(option)
        where value is not null
        from word in new[] { option.Name, value }
        select word;

    /// <summary>Connects, lazily: nothing is sent yet.</summary>
    /// <exception cref="CommandException">The prefix can't be one.</exception>
    public ClusterSight Open(CliRun run)
    {
        var prefix = run.Value(Prefix) ?? run.Surroundings.Variable("PODEIP_ANNOTATION_PREFIX");
        PodEipNames names;
        try
        {
            names = new PodEipNames(string.IsNullOrEmpty(prefix) ? PodEipNames.DefaultPrefix : prefix);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(CliExitCodes.Usage, e.Message, e);
        }

        return new ClusterSight(run.Value(Kubeconfig), run.Value(Context), run.Value(Namespace), names, run.Time);
    }

    /// <summary>The same for a command that talks to nobody but the API server, and so can start faster.</summary>
    public ClusterSight OpenAlone(CliRun run)
    {
        var cluster = Open(run);
        if (!cluster.NeedsSystemCertificates)
        {
            SystemCertificates.LeaveUnread();
        }

        return cluster;
    }
}
