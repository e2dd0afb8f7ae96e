using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PodEip.Cloud;

namespace PodEip.Controller.Telemetry;

/// <summary>
/// Says once, in plain words, when the cloud refuses our keys or a right is missing, and again when it is well. The single calls are
/// logged where they are sent; this tells the operator what to do.
/// </summary>
/// <param name="logger">The log.</param>
/// <param name="next">Hears of every call too.</param>
public sealed partial class CloudTroubleLog(ILogger<CloudTroubleLog> logger, ICloudCallObserver next) : ICloudCallObserver
{
    private readonly ConcurrentDictionary<string, string> _troubles = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Completed(in CloudCall call)
    {
        next.Completed(call);
        switch (call.Error)
        {
            case CloudErrorClass.Credentials or CloudErrorClass.Permission when Note(call.Action, call.Code ?? ""):
                if (call.Error is CloudErrorClass.Credentials)
                {
                    LogCredentials(call.Action, call.Code);
                }
                else
                {
                    LogPermission(call.Action, call.Code);
                }

                break;
            case null when !call.Cancelled && _troubles.TryRemove(call.Action, out _):
                LogWell(call.Action);
                break;
        }
    }

    /// <summary>True when this trouble of this action is news.</summary>
    private bool Note(string action, string code)
    {
        var isNews = !_troubles.TryGetValue(action, out var known) || known != code;
        _troubles[action] = code;
        return isNews;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The cloud does not accept our credentials ({Action}: {Code}). Check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, the workload identity, or the CVM's role. Trying again; no restart is needed.")]
    private partial void LogCredentials(string action, string? code);

    [LoggerMessage(Level = LogLevel.Error, Message = "The credentials may not call {Action} ({Code}). Add it to the CAM policy. Trying again every few minutes; no restart is needed.")]
    private partial void LogPermission(string action, string? code);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cloud accepts {Action} again")]
    private partial void LogWell(string action);
}
