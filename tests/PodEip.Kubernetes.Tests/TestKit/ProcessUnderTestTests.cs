using PodEip.Dev.Processes;
using PodEip.TestKit.Processes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Kubernetes.Tests.TestKit;

public sealed class ProcessUnderTestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_outputs_are_read_and_a_line_can_be_waited_for()
    {
        await using var process = Shell("echo one; echo two >&2; exec sleep 1000");
        Assert.Equal("two", await process.LineAsync(line => line == "two", "two", cancellation: Cancellation));
        await process.LineAsync(line => line == "one", "one", cancellation: Cancellation);
        Assert.False(process.HasEnded);
    }

    [Fact]
    public async Task A_program_that_ends_without_the_line_says_so_with_its_output()
    {
        await using var process = Shell("echo 'no such file'; exit 3");
        var error = await Assert.ThrowsAsync<EventuallyException>(() => process.LineAsync(line => line == "ready", "that it is ready", cancellation: Cancellation));
        Assert.Contains("ended with exit code 3 and never printed that it is ready", error.Message, StringComparison.Ordinal);
        Assert.Contains("no such file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_lets_it_clean_up_and_kill_does_not()
    {
        await using var polite = Shell("trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.05; done");
        await polite.LineAsync(line => line == "ready", "ready", cancellation: Cancellation);
        Assert.Equal(7, await polite.TerminateAsync(cancellation: Cancellation));
        Assert.Contains("bye", polite.Output, StringComparison.Ordinal);

        await using var killed = Shell("trap 'echo bye' TERM EXIT; echo ready; while :; do sleep 0.05; done");
        await killed.LineAsync(line => line == "ready", "ready", cancellation: Cancellation);
        await killed.KillAsync(Cancellation);
        Assert.Equal(128 + (int)Signal.Kill, await killed.ExitCodeAsync(cancellation: Cancellation));
        Assert.DoesNotContain("bye", killed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_of_ours_is_found_where_it_was_built()
    {
        await using var tool = ProcessUnderTest.Start("podeip-dev", ["cluster", "status", "--state", Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"))]);
        Assert.Equal(1, await tool.ExitCodeAsync(cancellation: Cancellation));
        Assert.Contains("No control plane is up", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vain_wait_shows_what_was_seen_last()
    {
        var error = await Assert.ThrowsAsync<EventuallyException>(
            () => Eventually.BecomesAsync(_ => Task.FromResult("Pending"), phase => phase == "Bound", TimeSpan.FromMilliseconds(200), "the claim to be Bound", Cancellation));
        Assert.Contains("the claim to be Bound", error.Message, StringComparison.Ordinal);
        Assert.Contains("Pending", error.Message, StringComparison.Ordinal);
    }

    private static ProcessUnderTest Shell(string script) => ProcessUnderTest.StartProgram("sh", new ProgramStart("sh", ["-c", script]));
}
