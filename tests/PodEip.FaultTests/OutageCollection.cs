using PodEip.Scenes;
using Xunit;

namespace PodEip.FaultTests;

/// <summary>Tests that stop parts of the control plane, on one of their own.</summary>
[CollectionDefinition(Stage.Outages, DisableParallelization = true)]
public sealed class OutageCollection : ICollectionFixture<Stage>;
