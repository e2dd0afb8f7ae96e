using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace PodEip.CloudSim.Machines;

/// <summary>The part of the command line that is about machines.</summary>
internal sealed class JoinArguments
{
    private const string Auto = "auto";
    private const string None = "none";

    private readonly Option<string?> _join = new("--join")
    {
        Description = "Joins the cluster of this kubeconfig: the CVMs become its Nodes and their kubelets are played. Without a value it is searched as kubectl does.",
        HelpName = "KUBECONFIG",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _context = new("--join-context") { Description = "The kubeconfig's context, in place of its current one.", HelpName = "NAME" };

    private readonly Option<string?> _taint = new("--join-taint") { Description = "Taints every Node, so that only what tolerates it lands there.", HelpName = "KEY[=VALUE]:EFFECT" };

    private readonly Option<string> _eips = new("--join-eips")
    {
        Description = "How many `eip` each Node offers: a number, `auto` for the CVM's limit less one, or `none` for what the controller publishes. Default: none.",
        DefaultValueFactory = _ => None,
        HelpName = "N",
    };

    private readonly Option<int> _pods = new("--join-pods") { Description = "Pods each Node takes; as many private IPs are offered.", DefaultValueFactory = _ => 250, HelpName = "N" };

    private readonly Option<string> _prefix = new("--annotation-prefix")
    {
        Description = "Prefix of the annotations and extended resources of Pods and Nodes.",
        DefaultValueFactory = _ => "tke.cloud.tencent.com",
        HelpName = "PREFIX",
    };

    private readonly Option<string> _network = new("--default-network")
    {
        Description = "Network of Pods without a `networks` annotation: tke-route-eni, tke-direct-eni, or none.",
        DefaultValueFactory = _ => PodNetworks.SharedEni,
        HelpName = "NETWORK",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _eips.Validators.Add(result => Check(result, text => text is Auto or None || IsCount(text), "a number from 0 to 1000, auto or none"));
        _network.Validators.Add(result => Check(result, text => text is PodNetworks.SharedEni or PodNetworks.DirectEni or None, "tke-route-eni, tke-direct-eni or none"));
        _taint.Validators.Add(result => Check(result, MachineFleet.IsTaint, "KEY:EFFECT or KEY=VALUE:EFFECT with the effect NoSchedule, PreferNoSchedule or NoExecute"));
        _pods.Validators.Add(result => Check(result, IsCount, "a number from 0 to 1000"));
        foreach (var option in (Option[])[_join, _context, _taint, _eips, _pods, _prefix, _network])
        {
            command.Add(option);
        }
    }

    /// <summary>What was asked for; null when nothing is to be joined.</summary>
    public MachineJoin? Read(ParseResult parsed)
    {
        if (parsed.GetResult(_join) is null)
        {
            return null;
        }

        var eips = parsed.GetValue(_eips)!;
        var pods = parsed.GetValue(_pods);
        return new MachineJoin
        {
            Kubeconfig = parsed.GetValue(_join),
            Context = parsed.GetValue(_context),
            Settings = new MachineSettings
            {
                Prefix = parsed.GetValue(_prefix)!.TrimEnd('/') + "/",
                DefaultNetwork = parsed.GetValue(_network)!,
                Taint = parsed.GetValue(_taint),
                PodsPerNode = pods,
                EniIpsPerNode = pods,
                OfferEips = eips != None,
                EipsPerNode = int.TryParse(eips, CultureInfo.InvariantCulture, out var count) ? count : null,
            },
            Logger = ToStandardError(),
        };
    }

    // Standard output is for the endpoints.
    private static ILogger ToStandardError()
    {
        var factory = LoggerFactory.Create(logging =>
        {
            logging.AddSimpleConsole(console => console.SingleLine = true);
            logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        });
        return factory.CreateLogger("machines");
    }

    private static void Check(OptionResult result, Func<string, bool> isGood, string allowed)
    {
        if (result.Tokens is [var token] && !isGood(token.Value))
        {
            result.AddError($"{result.Option.Name} is `{token.Value}`; it must be {allowed}.");
        }
    }

    private static bool IsCount(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 1000;
}
