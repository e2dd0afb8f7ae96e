using PodEip.NodeTests;
using Xunit;

// Two nodes with few slots, one set of rules on each: one test after another.
[assembly: Xunit.v3.Parallelization(MaxThreads = 1)]
[assembly: AssemblyFixture(typeof(RealCluster))]
