using Xunit;

namespace PodEip.Architecture.Tests;

/// <summary>Fails with every breach in full; xunit's own message for a list cuts long lines.</summary>
internal static class Breaches
{
    /// <summary>Passes if there is none.</summary>
    public static void AssertNone(IEnumerable<string> breaches)
    {
        var all = breaches.ToList();
        if (all.Count > 0)
            Assert.Fail(string.Join('\n', all));
    }
}
