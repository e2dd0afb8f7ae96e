using PodEip.Scenes;
using Xunit;

// These tests wait for a cluster most of the time; the processor is not what limits them.
[assembly: Xunit.v3.Parallelization(MaxThreads = 8)]
[assembly: AssemblyFixture(typeof(Stage))]
