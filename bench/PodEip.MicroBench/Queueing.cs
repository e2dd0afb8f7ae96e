using BenchmarkDotNet.Attributes;
using PodEip.Kubernetes;
using PodEip.Kubernetes.Queueing;

namespace PodEip.MicroBench;

/// <summary>The work queue under one thread: what its bookkeeping costs a key.</summary>
public class Queueing
{
    private const int Many = 10_000;

    private static readonly ObjectKey[] Keys = [.. Enumerable.Range(0, Many).Select(i => new ObjectKey("shop", $"web-{i}"))];
    private static readonly WorkQueue<ObjectKey> Queue = new("bench", TimeProvider.System);

    /// <summary>A key's whole way through an empty queue.</summary>
    [Benchmark]
    public void Once()
    {
        Queue.Add(Keys[0]);
        Finish();
    }

    /// <summary>A key's way through a queue of 10,000, events twice for each; told per key.</summary>
    [Benchmark(OperationsPerInvoke = Many)]
    public void Crowd()
    {
        foreach (var key in Keys)
            Queue.Add(key);
        foreach (var key in Keys)
            Queue.Add(key);
        foreach (var _ in Keys)
            Finish();
    }

    /// <summary>A delay set, brought forward and overtaken by an event, for each of 10,000 keys; told per key.</summary>
    [Benchmark(OperationsPerInvoke = Many)]
    public void Delays()
    {
        foreach (var key in Keys)
            Queue.AddAfter(key, TimeSpan.FromSeconds(30));
        foreach (var key in Keys)
            Queue.AddAfter(key, TimeSpan.FromSeconds(20));
        foreach (var key in Keys)
            Queue.Add(key);
        foreach (var _ in Keys)
            Finish();
    }

    private static void Finish()
    {
        if (!Queue.TryTake(out var key))
            throw new InvalidOperationException("the queue lost a key");
        Queue.Forget(key);
        Queue.Done(key);
    }
}
