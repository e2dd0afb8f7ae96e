using PodEip.Bench.Results;

namespace PodEip.Bench.Cases;

/// <summary>One thing that is measured. A new one is a file here and a line in <see cref="BenchCases"/>.</summary>
internal interface IBenchCase
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, in one line.</summary>
    string Measures { get; }

    /// <summary>What <c>--size</c> counts.</summary>
    CaseSize Size { get; }

    /// <summary>What it needs of the machine, in the words that <c>hack/bench</c> knows: <c>room</c> (root, and namespaces of its own), <c>net</c> (packages of rules and packets), <c>kube</c> (Kubernetes' programs), <c>forms</c> (our programs as native code and the like).</summary>
    IReadOnlyList<string> Needs { get; }

    /// <summary>It works on the <see cref="Clusters.LargeCluster"/>; before any other that one ends.</summary>
    bool SharesCluster => false;

    /// <summary>Why it can't run here and now; null when it can.</summary>
    string? Obstacle();

    /// <summary>Measures.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="tell">Told what is going on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BenchException">What is measured does not work.</exception>
    Task<CaseTable> RunAsync(BenchOptions options, Action<string> tell, CancellationToken cancellationToken);
}
