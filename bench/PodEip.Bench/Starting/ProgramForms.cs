using PodEip.Dev;
using PodEip.Dev.Processes;
using PodEip.TestKit.Processes;

namespace PodEip.Bench.Starting;

/// <summary>Finds our programs in the forms that <c>hack/program-forms</c> and <c>hack/kubectl-eip</c> built, and says which are not there.</summary>
internal static class ProgramForms
{
    /// <summary>As `dotnet build` leaves it: run by the machine's own runtime, whose code is compiled beforehand.</summary>
    public const string Built = "JIT";

    /// <summary>Machine code alone.</summary>
    public const string Native = "native";

    /// <summary>All forms, in the order of columns.</summary>
    public static readonly IReadOnlyList<string> All = [Built, "trimmed", "ready", Native];

    /// <summary>The forms of a program that are there and up to date.</summary>
    /// <param name="program">The program.</param>
    /// <param name="tell">Told of those that are not.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<IReadOnlyList<ProgramForm>> FindAsync(string program, Action<string> tell, CancellationToken cancellationToken)
    {
        var found = new List<ProgramForm> { new(program, Built, BuiltProgram.DotnetPath, [BuiltProgram.Find(program)]) };
        IEnumerable<(string Form, string Folder, string Builder, string[] Check)> others = program == ListRuns.Program
            ? [(Native, "", "kubectl-eip", ["--check"])]
            : All.Where(form => form != Built).Select(form => (form, Path.Combine("forms", program, form), "program-forms", (string[])["--check", program, form]));
        foreach (var (form, folder, builder, arguments) in others)
        {
            await using var check = ProcessUnderTest.StartProgram($"hack/{builder}", new ProgramStart(Path.Combine(Checkout.Root, "hack", builder), arguments));
            if (await check.ExitCodeAsync(cancellation: cancellationToken) == 0)
                found.Add(new ProgramForm(program, form, Path.Combine(Checkout.Root, "artifacts", folder, program), []));
            else
                tell($"left out: {check.Output.Trim()}");
        }

        return found;
    }
}
