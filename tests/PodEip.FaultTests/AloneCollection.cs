using PodEip.Scenes;
using Xunit;

namespace PodEip.FaultTests;

/// <summary>Tests that need a scene of their own.</summary>
[CollectionDefinition(Stage.Alone, DisableParallelization = true)]
public sealed class AloneCollection;
