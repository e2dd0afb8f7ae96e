using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace PodEip.Hosting;

/// <summary>Sets up the log: one line an entry, text or JSON, all of it on standard error.</summary>
public static class Logs
{
    /// <summary>Creates the logs.</summary>
    /// <param name="level">The least severe level that is logged.</param>
    /// <param name="json">One JSON object a line instead of text.</param>
    public static ILoggerFactory Create(LogLevel level, bool json) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(level);
        builder.AddFilter("Microsoft", level > LogLevel.Warning ? level : LogLevel.Warning);
        if (json)
        {
            builder.AddJsonConsole(o => (o.TimestampFormat, o.UseUtcTimestamp, o.IncludeScopes) = ("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", true, true));
        }
        else
        {
            builder.Services.AddSingleton<ConsoleFormatter>(new TextLines(TimeProvider.System));
            builder.AddConsole(o => o.FormatterName = TextLines.FormatName);
        }

        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    });
}
