using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Api.Resources;
using PodEip.Cli.Commands;
using PodEip.Controller.Cluster;
using PodEip.Controller.Explaining;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Watching;

namespace PodEip.Cli.Listing;

/// <summary>Shows claims and each change of them, until it is stopped. A broken watch goes on where it was.</summary>
internal sealed class ClaimWatch(ClusterSight cluster, CliRun run, string? ns, string? selector, string? form, bool noHeaders) : IInformerHandler<EipClaim>
{
    /// <summary>Columns of a watch can't be as wide as what comes later: these are what names and IPs mostly need.</summary>
    private static readonly int[] Widths = [28, 16, 11, 22, 16, 20, 8, 16, 8, 8, 6, 16, 14];

    private readonly Channel<(EipClaim Claim, bool IsGone)> _changes = Channel.CreateUnbounded<(EipClaim, bool)>();

    /// <summary>Runs until asked to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        // Told at once when the kind is not there, or may not be read; an informer would try on.
        await cluster.ClaimsAsync(ns, selector, stop);
        var informer = new Informer<ClaimObject, EipClaim>(
            cluster.Api, "eipclaims", ClusterSight.ClaimsPath(ns), ClusterJson.Default.ClaimObject, o => o.Claim, run.Time, NullLogger.Instance,
            new InformerOptions { LabelSelector = selector });
        informer.AddHandler(this);
        var running = informer.RunAsync(stop);
        try
        {
            await WriteAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As asked.
        }

        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void OnUpserted(ObjectKey key, EipClaim? before, EipClaim now) => _changes.Writer.TryWrite((now, false));

    /// <inheritdoc/>
    public void OnDeleted(ObjectKey key, EipClaim last) => _changes.Writer.TryWrite((last, true));

    private async Task WriteAsync(CancellationToken stop)
    {
        var output = run.Terminal.Output;
        if (form is null or "wide" && !noHeaders)
        {
            await output.WriteLineAsync(Columns([.. ClaimTable.Heading(ns is null, form is "wide")]));
        }

        await foreach (var (claim, isGone) in _changes.Reader.ReadAllAsync(stop))
        {
            switch (form)
            {
                case "json":
                    await output.WriteLineAsync(ClaimText.Line(claim));
                    break;
                case "yaml":
                    await output.WriteLineAsync("---");
                    ClaimText.WriteYaml(output, [claim]);
                    break;
                case "name":
                    ClaimText.WriteNames(output, [claim]);
                    break;
                default:
                    await output.WriteLineAsync(Columns(ClaimTable.Row(claim, ns is null, form is "wide", run.Time.GetUtcNow())) + (isGone ? "   (gone)" : ""));
                    break;
            }

            await output.FlushAsync(stop);
        }
    }

    private string Columns(IReadOnlyList<string> cells) => string.Join(
        "   ", cells.Select((cell, i) => cell.PadRight(ns is null ? (i == 0 ? 20 : Widths[i - 1]) : Widths[i]))).TrimEnd();
}
