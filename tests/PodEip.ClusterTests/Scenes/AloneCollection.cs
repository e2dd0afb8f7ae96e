using Xunit;

namespace PodEip.ClusterTests.Scenes;

/// <summary>Tests that need a scene of their own.</summary>
[CollectionDefinition(Stage.Alone, DisableParallelization = true)]
public sealed class AloneCollection;
