using PodEip.Cli.Commands;
using PodEip.Cli.Writing;
using PodEip.Hosting;

namespace PodEip.Cli.Tests;

/// <summary>A call of <c>kubectl eip</c> within the test's own process.</summary>
internal sealed record CliCall(int Code, string Output, string Error)
{
    /// <summary>Runs it.</summary>
    public static async Task<CliCall> RunAsync(string input, CancellationToken cancellation, params IEnumerable<string> args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var reader = new StringReader(input);
        var terminal = new Terminal(output, error, reader, IsInteractive: input.Length > 0, HasColour: false);
        var code = await CliRoot.InvokeAsync([.. args], terminal, new Surroundings { Variable = _ => null, PodNamespace = () => null }, TimeProvider.System, cancellation);
        return new CliCall(code, output.ToString(), error.ToString());
    }
}
