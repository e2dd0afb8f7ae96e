using System.CommandLine;
using PodEip.Dev.Generate;

namespace PodEip.Dev.Commands;

/// <summary><c>podeip-dev generate [--check]</c>: files whose source is C# types.</summary>
internal static class GenerateCommand
{
    private static readonly Option<bool> Check = new("--check") { Description = "Write nothing; show what differs and exit with 1 if anything does." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("generate", "Writes the files of this checkout that are made from its types.") { Check };
        command.SetAction(parsed => parsed.GetValue(Check) ? ShowDrift() : Write());
        return command;
    }

    private static int Write()
    {
        foreach (var file in GeneratedFile.All())
            Console.Error.WriteLine(file.Write(Checkout.Root) ? $"wrote {file.Path}" : $"{file.Path} is up to date");
        return 0;
    }

    private static int ShowDrift()
    {
        var exitCode = 0;
        foreach (var file in GeneratedFile.All())
        {
            if (file.Drift(Checkout.Root) is not { Count: > 0 } drift)
                continue;
            Console.Error.WriteLine($"{file.Path} is not what its types say; run: podeip-dev generate");
            foreach (var line in drift)
                Console.WriteLine(line);
            exitCode = 1;
        }

        return exitCode;
    }
}
