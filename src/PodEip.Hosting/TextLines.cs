using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace PodEip.Hosting;

/// <summary>A log entry as one line for people: time, level, where, what; a stack trace only under it.</summary>
/// <param name="time">The clock.</param>
internal sealed class TextLines(TimeProvider time) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "podeip";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        var category = logEntry.Category;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Word(logEntry.LogLevel)} {category[(category.LastIndexOf('.') + 1)..]}: {logEntry.Formatter(logEntry.State, logEntry.Exception)}");
        // What servers and users wrote is part of messages: it must not begin lines of its own.
        textWriter.WriteLine(line.ReplaceLineEndings(" "));
        if (logEntry.Exception is { } e)
        {
            textWriter.WriteLine(e);
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO ",
        LogLevel.Warning => "WARN ",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };
}
