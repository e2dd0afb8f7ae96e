using System.Diagnostics;
using PodEip.Dev.Processes;

namespace PodEip.Dev.ControlPlane;

/// <summary>One program of a control plane: started, stopped and started again with the same flags.</summary>
internal sealed class Component(ControlPlanePart part, ProgramStart program, ControlPlaneLifetime lifetime, ProcessIdentity? running = null) : IDisposable
{
    // Holds the leash: as long as this object lives, so does our end of the pipe.
    private Process? _leashed;

    public ControlPlanePart Part { get; } = part;

    public string Name { get; } = CommandLines.NameOf(part);

    public ProcessIdentity? Process { get; private set; } = running;

    public bool IsAlive => Process is { IsAlive: true };

    public void Start()
    {
        if (IsAlive)
            return;
        if (lifetime == ControlPlaneLifetime.Detached)
        {
            Process = DetachedProcess.Start(program);
            return;
        }

        _leashed?.Dispose();
        _leashed = LeashedProcess.Start(program);
        Process = ProcessIdentity.Of(_leashed.Id);
    }

    public async Task EndAsync(TimeSpan grace, CancellationToken cancellation)
    {
        if (Process is { } process)
            await process.EndAsync(grace, cancellation);
    }

    public async Task KillAsync(CancellationToken cancellation)
    {
        if (Process is not { } process)
            return;
        process.Send(Signal.Kill);
        await process.WaitForEndAsync(TimeSpan.FromSeconds(30), cancellation);
    }

    /// <summary>The last lines of its log, for an error message.</summary>
    public string LogTail()
    {
        const int lines = 15;
        try
        {
            using var reader = new StreamReader(new FileStream(program.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return string.Join('\n', reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines));
        }
        catch (IOException)
        {
            // It never wrote one.
            return "(no log)";
        }
    }

    /// <summary>Lets go of the leash, which ends a leashed program.</summary>
    public void Dispose()
    {
        _leashed?.Dispose();
        _leashed = null;
    }
}
