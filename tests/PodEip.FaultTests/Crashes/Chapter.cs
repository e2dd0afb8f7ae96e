using PodEip.Scenes;

namespace PodEip.FaultTests.Crashes;

/// <summary>One part of an address's life: what a user or the world does, and what has to have come of it in the end.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Begin">What happens while no controller runs.</param>
/// <param name="IsReached">The goal, as Kubernetes and the cloud show it.</param>
internal sealed record Chapter(string Name, Func<Scene, string, CancellationToken, Task> Begin, Func<Scene, string, CancellationToken, Task<bool>> IsReached);
