using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("PodEip.CloudSim.Tests")]
