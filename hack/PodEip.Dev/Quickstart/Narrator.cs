using PodEip.Dev.Commands;
using Spectre.Console;

namespace PodEip.Dev.Quickstart;

/// <summary>Tells people what is going on, on stderr: a spinner with the current step on a terminal, else one line for each step and change.</summary>
internal sealed class Narrator
{
    private readonly IAnsiConsole _console = DevCommand.Talk;
    private StatusContext? _status;
    private string _last = "";

    /// <summary>Runs the work; what it says is shown meanwhile.</summary>
    public static async Task TellAsync(Func<Narrator, Task> work)
    {
        var narrator = new Narrator();
        if (narrator._console.Profile.Out.IsTerminal)
        {
            await narrator._console.Status().Spinner(Spinner.Known.Dots).StartAsync("Starting", status =>
            {
                narrator._status = status;
                return work(narrator);
            });
        }
        else
        {
            await work(narrator);
        }
    }

    /// <summary>Does one step: named while it runs, ticked off with its time when done.</summary>
    public async Task<T> StepAsync<T>(string doing, Func<Task<T>> step, Func<T, string> done)
    {
        var start = TimeProvider.System.GetTimestamp();
        Now(doing);
        var result = await step();
        var took = TimeProvider.System.GetElapsedTime(start);
        Line(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{done(result)} ({took.TotalSeconds:0.0} s)"), "[green]✓[/]");
        return result;
    }

    /// <summary>What is being done now; repeating it says nothing.</summary>
    public void Now(string doing)
    {
        if (doing == _last)
            return;
        _last = doing;
        if (_status is null)
            Line(doing + " …", " ");
        else
            _status.Status(Markup.Escape(doing));
    }

    private void Line(string text, string mark)
    {
        // Written as it is: wrapped lines would break paths and commands.
        if (_status is null)
            Console.Error.WriteLine($"{(mark == " " ? " " : "✓")} {text}");
        else
            _console.MarkupLine($"{mark} {Markup.Escape(text)}");
    }
}
