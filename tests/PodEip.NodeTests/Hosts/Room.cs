using Xunit;

namespace PodEip.NodeTests.Hosts;

/// <summary>The room that <c>hack/room</c> made for this process: namespaces of its own, in which anything may be done.</summary>
internal static class Room
{
    /// <summary>Its name, with which names of things outside begin.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Name => Environment.GetEnvironmentVariable("PODEIP_ROOM") is { Length: > 0 } name
        ? name
        : throw new InvalidOperationException("these tests change interfaces, rules and mounts: run them as `make e2e` does, in hack/room");

    /// <summary>Skips a test outside of a room.</summary>
    public static void Require() =>
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PODEIP_ROOM")), "needs a room of its own (root): make e2e");
}
