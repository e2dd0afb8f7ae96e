using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("PodEip.CloudSim.Tests")]
[assembly: InternalsVisibleTo("podeip-bench")]
