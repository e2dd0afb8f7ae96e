using PodEip.Cli.Commands;
using PodEip.Cli.Writing;
using PodEip.Hosting;

namespace PodEip.Cli.Tests;

/// <summary>A call of <c>kubectl eip</c> within the test's own process.</summary>
internal sealed record CliCall(int Code, string Output, string Error)
{
    /// <summary>Runs it in an empty environment.</summary>
    public static Task<CliCall> RunAsync(string input, CancellationToken cancellation, params IEnumerable<string> args) =>
        RunAsync(input, new Dictionary<string, string>(), TimeProvider.System, cancellation, args);

    /// <summary>Runs it with an environment and a clock.</summary>
    public static async Task<CliCall> RunAsync(string input, IReadOnlyDictionary<string, string> environment, TimeProvider time, CancellationToken cancellation, params IEnumerable<string> args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var reader = new StringReader(input);
        var terminal = new Terminal(output, error, reader, IsInteractive: input.Length > 0, HasColour: false);
        var surroundings = new Surroundings { Variable = name => environment.GetValueOrDefault(name), PodNamespace = () => null };
        var code = await CliRoot.InvokeAsync([.. args], terminal, surroundings, time, cancellation);
        return new CliCall(code, output.ToString(), error.ToString());
    }
}
