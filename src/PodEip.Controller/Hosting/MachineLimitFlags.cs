using PodEip.Api;

namespace PodEip.Controller.Hosting;

/// <summary>Reads the limits of machine types that the operator names.</summary>
internal static class MachineLimitFlags
{
    private const int MostBytes = 1 << 20;

    /// <summary>From the flag itself.</summary>
    public static Parsed<MachineLimits> Read(string text) => text.Trim().Length > 0 ? MachineLimits.Parse(text) : new Refusal("is empty");

    /// <summary>From the file that the flag names.</summary>
    public static Parsed<MachineLimits> ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                return new Refusal($"{Quoted.Value(path)}: is longer than {MostBytes} bytes");
            }

            var parsed = MachineLimits.Parse(File.ReadAllText(path));
            return parsed.IsValid ? parsed : new Refusal($"{Quoted.Value(path)}: {parsed.Error}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new Refusal($"{Quoted.Value(path)}: {e.Message}");
        }
    }
}
