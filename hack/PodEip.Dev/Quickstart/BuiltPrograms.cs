using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using PodEip.Dev.Processes;

namespace PodEip.Dev.Quickstart;

/// <summary>
/// Builds the controller and the simulator and copies them into the state folder. What runs is the copy: a later build would otherwise
/// write over files that are mapped into a live process.
/// </summary>
internal sealed class BuiltPrograms(QuickstartFiles files)
{
    // …/hack/PodEip.Dev/bin/Release/net10.0/
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory);

    /// <summary>Builds both; a second or two when nothing has changed.</summary>
    public static async Task BuildAsync(CancellationToken cancellation)
    {
        var info = new ProcessStartInfo(DotnetHost.Path) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Checkout.Root };
        // Build servers would outlive us.
        foreach (var word in (string[])["build", Path.Combine("hack", "quickstart.slnf"), "-c", Configuration, "-v", "quiet", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
            info.ArgumentList.Add(word);
        using var build = Process.Start(info)!;
        try
        {
            var output = build.StandardOutput.ReadToEndAsync(cancellation);
            var errors = build.StandardError.ReadToEndAsync(cancellation);
            await build.WaitForExitAsync(cancellation);
            if (build.ExitCode != 0)
                throw new QuickstartException($"The build failed:\n{(await output + await errors).Trim()}");
        }
        catch (OperationCanceledException)
        {
            build.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Copies a program as it is built now; a copy of the same bytes is used again.</summary>
    /// <param name="project">Its project, such as <c>PodEip.Controller</c>.</param>
    /// <param name="assembly">Its assembly, such as <c>podeip-controller</c>.</param>
    /// <returns>The path of the copied assembly. It differs when the program differs.</returns>
    public string Copy(string project, string assembly)
    {
        var source = new DirectoryInfo(Path.Combine(Checkout.Root, "src", project, "bin", Configuration, Output.Name));
        if (!File.Exists(Path.Combine(source.FullName, assembly + ".dll")))
            throw new QuickstartException($"{source.FullName} holds no {assembly}.dll: run `dotnet build -c {Configuration}` first");
        var parts = source.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Extension is not ".xml").OrderBy(file => file.FullName, StringComparer.Ordinal).ToList();
        var target = Path.Combine(files.Programs, $"{assembly}-{HashOf(source, parts)[..12]}");
        if (!Directory.Exists(target))
        {
            // Half a copy must not be taken for a whole one.
            var draft = target + ".new";
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
            foreach (var part in parts)
            {
                var to = Path.Combine(draft, Path.GetRelativePath(source.FullName, part.FullName));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                part.CopyTo(to);
            }

            Directory.Move(draft, target);
        }

        return Path.Combine(target, assembly + ".dll");
    }

    /// <summary>Deletes the copies that nobody runs any more.</summary>
    public void DeleteAllBut(params IReadOnlyList<string> assemblies)
    {
        foreach (var folder in Directory.EnumerateDirectories(files.Programs).Where(folder => !assemblies.Any(file => file.StartsWith(folder + "/", StringComparison.Ordinal))))
            Directory.Delete(folder, recursive: true);
    }

    private static string Configuration => Output.Parent!.Name;

    private static string HashOf(DirectoryInfo folder, IEnumerable<FileInfo> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder.FullName, part.FullName)));
            hash.AppendData(File.ReadAllBytes(part.FullName));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
