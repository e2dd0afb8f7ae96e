using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace PodEip.CloudSim.Fabric;

/// <summary>The part of the command line that is about the network.</summary>
internal sealed partial class FabricArguments
{
    private readonly Option<string?> _fabric = new("--fabric")
    {
        Description = "Builds the cloud's network on this machine: CVMs, VPC router and a host on the internet as network namespaces whose names begin with PREFIX (podeip-). Needs root.",
        HelpName = "PREFIX",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<IPAddress?> _attach = new("--fabric-attach")
    {
        Description = "Joins the network namespace that the simulator runs in to the VPC's router, at this address.",
        HelpName = "IP",
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork)
            {
                return ip;
            }

            result.AddError($"--fabric-attach is `{result.Tokens[0].Value}`; it must be an IPv4 address such as 10.255.0.1.");
            return null;
        },
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _fabric.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !IsPrefix(token.Value))
            {
                result.AddError($"--fabric is `{token.Value}`; a prefix has 1 to {FabricOptions.LongestPrefix} lower-case letters, digits and dashes, a letter first.");
            }
        });
        command.Add(_fabric);
        command.Add(_attach);
    }

    /// <summary>What was asked for; null without --fabric.</summary>
    public FabricOptions? Read(ParseResult parsed)
    {
        if (parsed.GetResult(_fabric) is null)
        {
            return null;
        }

        var options = new FabricOptions { Attach = parsed.GetValue(_attach) };
        return parsed.GetValue(_fabric) is { } prefix ? options with { Prefix = prefix } : options;
    }

    private static bool IsPrefix(string text) => text.Length <= FabricOptions.LongestPrefix && Prefix().IsMatch(text);

    [GeneratedRegex("^[a-z][a-z0-9-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}
