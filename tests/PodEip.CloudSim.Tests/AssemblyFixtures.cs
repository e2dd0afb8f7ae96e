using PodEip.TestKit.ControlPlane;

[assembly: AssemblyFixture(typeof(ControlPlaneFixture))]
