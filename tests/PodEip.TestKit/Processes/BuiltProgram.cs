using System.Runtime.InteropServices;
using PodEip.Dev;

namespace PodEip.TestKit.Processes;

/// <summary>Finds our own programs where the build left them, of the configuration that the tests themselves were built in.</summary>
public static class BuiltProgram
{
    /// <summary>The <c>dotnet</c> that runs this very process, so that a test does not depend on PATH.</summary>
    public static string DotnetPath { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>The assembly file of a program, such as <c>podeip-controller</c>.</summary>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    public static string Find(string assemblyName)
    {
        // …/tests/X/bin/Release/net10.0/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (output.Name, output.Parent!.Name);
        var named = $"<AssemblyName>{assemblyName}</AssemblyName>";
        var project = new[] { "src", "hack", "tests" }
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Checkout.Root, room), "*.csproj", SearchOption.AllDirectories))
            .FirstOrDefault(file => File.ReadAllText(file).Contains(named, StringComparison.Ordinal))
            ?? throw new FileNotFoundException($"no project under src/, hack/ or tests/ has {named}");
        var program = Path.Combine(Path.GetDirectoryName(project)!, "bin", configuration, framework, assemblyName + ".dll");
        return File.Exists(program)
            ? program
            : throw new FileNotFoundException($"{program} is not there: run `dotnet build -c {configuration}` first");
    }
}
