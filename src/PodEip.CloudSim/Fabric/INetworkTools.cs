namespace PodEip.CloudSim.Fabric;

/// <summary>The programs that change the kernel's networking.</summary>
internal interface INetworkTools
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Name on PATH: <c>ip</c>, or what <c>ip netns exec</c> is to run.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">Its standard input; null for none.</param>
    /// <param name="cancellation">Kills it.</param>
    /// <exception cref="FabricException">It ended with an error.</exception>
    Task RunAsync(string program, IReadOnlyList<string> arguments, string? input, CancellationToken cancellation);
}
