using System.Runtime.InteropServices;

namespace PodEip.Dev.Processes;

/// <summary>The <c>dotnet</c> that runs this very process, so that nothing depends on PATH.</summary>
public static class DotnetHost
{
    /// <summary>Its path.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
