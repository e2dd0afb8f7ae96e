using PodEip.Dev;
using Xunit;

namespace PodEip.Cli.Tests;

/// <summary>What is printed, held to files beside the tests. <c>PODEIP_RENEW_GOLDEN=1 hack/test PodEip.Cli.Tests</c> writes them anew: look at the difference before you commit it.</summary>
internal static class GoldenFile
{
    /// <summary>Fails unless the text is that of the file.</summary>
    public static void Holds(string name, string text) => HoldsAt(Path.Combine(Checkout.Root, "tests", "PodEip.Cli.Tests", "Golden", name), text);

    /// <summary>The same, of a file elsewhere in the checkout.</summary>
    public static void HoldsAt(string file, string text)
    {
        if (Environment.GetEnvironmentVariable("PODEIP_RENEW_GOLDEN") is "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file), $"{file} is not there: PODEIP_RENEW_GOLDEN=1 hack/test PodEip.Cli.Tests writes it");
        Assert.Equal(File.ReadAllText(file), text);
    }
}
