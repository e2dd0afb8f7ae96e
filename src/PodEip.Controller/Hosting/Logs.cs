using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace PodEip.Controller.Hosting;

/// <summary>Sets up the log: one line an entry, text or JSON, all of it on standard error.</summary>
internal static class Logs
{
    public static ILoggerFactory Create(ControllerOptions options) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(options.LogLevel);
        builder.AddFilter("Microsoft", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning);
        if (options.JsonLogs)
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
