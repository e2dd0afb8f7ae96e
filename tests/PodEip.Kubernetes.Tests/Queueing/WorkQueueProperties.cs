using System.Collections.Concurrent;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using PodEip.Kubernetes.Queueing;
using PodEip.Kubernetes.Tests.Fakes;
using Xunit;

namespace PodEip.Kubernetes.Tests.Queueing;

public sealed class WorkQueueProperties
{
    /// <summary>
    /// Producers bump a key's wanted number and then add the key; workers note the wanted number they saw. At rest every worker
    /// must have seen the last number (no addition lost), and never may two have worked on one key at once.
    /// </summary>
    [Fact]
    public Task No_addition_is_lost_and_no_key_is_worked_on_twice_at_once()
        => Gen.Select(Gen.Int[1, 6], Gen.Int[1, 8], Gen.Int[0, 3].Array[20, 200].Array[1, 4])
            .SampleAsync(RunAsync, iter: 150, threads: 1);

    private static async Task RunAsync(int workers, int keys, int[][] producers)
    {
        var time = new FakeTimeProvider();
        using var queue = new WorkQueue<int>("q", time);
        var wanted = new int[keys];
        var done = new int[keys];
        var working = new int[keys];
        var faults = new ConcurrentQueue<string>();

        async Task WorkAsync()
        {
            try
            {
                while (true)
                {
                    var key = await queue.TakeAsync(CancellationToken.None);
                    if (Interlocked.Increment(ref working[key]) != 1)
                    {
                        faults.Enqueue($"key {key} was worked on twice at once");
                    }

                    var seen = Volatile.Read(ref wanted[key]);
                    await Task.Yield();
                    Volatile.Write(ref done[key], seen);
                    Interlocked.Decrement(ref working[key]);
                    queue.Done(key);
                }
            }
            catch (WorkQueueShutDownException)
            {
                // The end.
            }
        }

        async Task ProduceAsync(int[] moves)
        {
            await Task.Yield();
            foreach (var (i, move) in moves.Index())
            {
                var key = i % keys;
                Interlocked.Increment(ref wanted[key]);
                switch (move)
                {
                    case 0: queue.Add(key); break;
                    case 1: queue.AddFirst(key); break;
                    case 2: queue.AddAfter(key, TimeSpan.FromSeconds(i)); break;
                    default: queue.AddWithBackoff(key); break;
                }
            }
        }

        var working1 = Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync)).ToArray();
        await Task.WhenAll(producers.Select(moves => Task.Run(() => ProduceAsync(moves)))).Soon();
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, queue.DelayedCount);
        queue.ShutDown();
        await Task.WhenAll(working1).Soon();
        // A key added during its last work is ready again only at Done, which shutdown lets happen: take what came so.
        while (queue.TryTake(out var key))
        {
            done[key] = wanted[key];
            queue.Done(key);
        }

        Assert.Empty(faults);
        Assert.Equal(wanted, done);
    }
}
