using System.Buffers;
using BenchmarkDotNet.Attributes;
using PodEip.Api.Demands;
using PodEip.Claims.View;
using PodEip.Controller.Cluster;
using PodEip.Kubernetes.Objects;
using PodEip.Kubernetes.Watching;

namespace PodEip.MicroBench;

/// <summary>One line of a watch, as far as the record that the store keeps of it.</summary>
public class WatchDecoding
{
    private readonly PodProjection _projection = new(new DemandSettings());

    /// <summary>A Pod that is none of our business: every one of the cluster passes here.</summary>
    [Benchmark]
    public PodView? ForeignPod() => Kept(Samples.ForeignPod, isKept: false);

    /// <summary>A Pod with an address.</summary>
    [Benchmark]
    public PodView? OurPod() => Kept(Samples.OurPod, isKept: true);

    /// <summary>A Pod with an address, decoded only.</summary>
    [Benchmark]
    public PodObject? OurPodDecoded() => WatchEventDecoder.Decode(Samples.OurPod, ClusterJson.Default.PodObject).Object;

    /// <summary>A bound claim.</summary>
    [Benchmark]
    public ClaimObject? Claim() => WatchEventDecoder.Decode(Samples.Claim, ClusterJson.Default.ClaimObject).Object;

    // What it came to is looked at: a benchmark of something that doesn't work says nothing.
    private PodView? Kept(in ReadOnlySequence<byte> line, bool isKept)
    {
        var record = _projection.Project(WatchEventDecoder.Decode(line, ClusterJson.Default.PodObject).Object!);
        return record is not null == isKept ? record : throw new InvalidOperationException($"the store would {(isKept ? "not " : "")}keep a record of it");
    }
}
