using System.Globalization;

namespace PodEip.Cli.Doctoring.Checks;

/// <summary>Does this machine's clock agree with the cloud's? The cloud refuses signatures that are five minutes off.</summary>
internal sealed class ClockCheck : IDoctorCheck
{
    private static readonly TimeSpan Worth = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Name => "clock";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken)
    {
        if (sight.Options is not { } options)
        {
            return [];
        }

        var place = options.Endpoint ?? new Uri(options.UseInternalEndpoints ? "https://vpc.internal.tencentcloudapi.com/" : "https://vpc.tencentcloudapi.com/");
        try
        {
            using var client = new HttpClient { Timeout = options.CallTimeout };
            using var answer = await client.GetAsync(place, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.Headers.Date is not { } date)
            {
                return [new(Name, DoctorState.Skipped, $"{place} does not tell its time", null)];
            }

            var off = sight.Time.GetUtcNow() - date;
            return off.Duration() < Worth ? [] :
            [
                new(Name, off.Duration() < Refused ? DoctorState.Note : DoctorState.Trouble,
                    string.Create(CultureInfo.InvariantCulture, $"this machine's clock is {Math.Abs(off.TotalSeconds):0} s {(off > TimeSpan.Zero ? "ahead of" : "behind")} the cloud's"), "Set it (NTP). The controller's machine has a clock of its own: its claims say SignatureExpire if it is off."),
            ];
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return [new(Name, DoctorState.Skipped, $"{place} could not be asked: {e.Message}", null)];
        }
    }
}
