using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using PodEip.Cli.Commands;
using PodEip.Cli.Writing;
using PodEip.Controller.Hosting;
using PodEip.Dev;
using Xunit;

namespace PodEip.Cli.Tests.Text;

/// <summary>Holds docs/reference/kubectl-eip.md to the command tree. <c>PODEIP_RENEW_GOLDEN=1 hack/test PodEip.Cli.Tests</c> writes it anew.</summary>
public sealed class ReferencePageTests
{
    private static readonly Terminal Nowhere = new(TextWriter.Null, TextWriter.Null, TextReader.Null, IsInteractive: false, HasColour: false);

    [Fact]
    public void The_page_says_what_the_commands_say_of_themselves() => GoldenFile.HoldsAt(Path.Combine(Checkout.Root, "docs", "reference", "kubectl-eip.md"), Page());

    private static string Page()
    {
        var root = new CliRoot(Nowhere, TimeProvider.System, CancellationToken.None);
        var shared = new ControllerFlags().All.Select(flag => flag.Name).ToHashSet(StringComparer.Ordinal);
        var page = new StringBuilder();
        page.Append("""
            # Commands of kubectl eip

            Made from the command tree by a test (`PODEIP_RENEW_GOLDEN=1 hack/test PodEip.Cli.Tests` writes it). How to use them: [kubectl eip](../how-to/kubectl-eip.md).

            Of every command:


            """);
        Options(page, root.Root.Options.Where(option => option is not (HelpOption or VersionOption)));
        page.Append($"\n{CliExitCodes.Words}\n");
        foreach (var command in root.Commands.Where(command => !command.Command.Hidden))
        {
            Section(page, command, shared);
        }

        return page.ToString();
    }

    private static void Section(StringBuilder page, CliCommand command, HashSet<string> shared)
    {
        var words = string.Concat(command.Command.Arguments.Select(argument => " " + argument.HelpName));
        page.Append($"\n## kubectl eip {command.Command.Name}{words}\n\n{command.Command.Description}\n");
        foreach (var alias in command.Command.Aliases.Where(alias => alias != command.Command.Name))
        {
            page.Append($"Also `kubectl eip {alias}`.\n");
        }

        page.Append('\n');
        foreach (var argument in command.Command.Arguments)
        {
            page.Append($"- `{argument.HelpName}`: {argument.Description}\n");
        }

        if (command.Command.Arguments.Count > 0)
        {
            page.Append('\n');
        }

        Options(page, command.Command.Options.Where(option => option is not HelpOption && !shared.Contains(option.Name)));
        var cloud = command.Command.Options.Where(option => shared.Contains(option.Name)).Select(option => $"`{option.Name}`").ToList();
        if (cloud.Count > 0)
        {
            page.Append($"\nAnd, as [podeip-controller](flags.md) has them: {string.Join(", ", cloud)}.\n");
        }

        page.Append($"\n```\n{command.Examples.Trim()}\n```\n");
    }

    private static void Options(StringBuilder page, IEnumerable<Option> options)
    {
        var rows = options.Select(Row).ToList();
        if (rows.Count > 0)
        {
            page.Append("| option | meaning |\n|---|---|\n").AppendJoin("", rows);
        }
    }

    private static string Row(Option option)
    {
        var names = string.Join(", ", ((IEnumerable<string>)[option.Name, .. option.Aliases]).Distinct(StringComparer.Ordinal).Select((name, i) => $"`{name}{(i == 0 && option.HelpName is { } value && option.ValueType != typeof(bool) ? " " + Cell(value) : "")}`"));
        return $"| {names} | {Cell(option.Description ?? "")} |\n";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
