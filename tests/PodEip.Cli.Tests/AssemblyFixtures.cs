using PodEip.TestKit.ControlPlane;
using Xunit;

[assembly: AssemblyFixture(typeof(ControlPlaneFixture))]
