namespace PodEip.Api;

/// <summary>How long a fixed claim may outlive its Pod: a Go duration of at least five minutes, as TKE's component has it.</summary>
public static class ExpiryRule
{
    /// <summary>The shortest retention that is accepted.</summary>
    public static readonly TimeSpan Minimum = TimeSpan.FromMinutes(5);

    /// <summary>Reads a retention time. Zero is refused too: "never" is said by leaving the value out.</summary>
    public static Parsed<TimeSpan> Parse(string text)
    {
        var parsed = GoDuration.Parse(text);
        if (parsed.IsValid && parsed.Value < Minimum)
        {
            return new Refusal($"{Quoted.Value(text)} is too short: want at least {GoDuration.Format(Minimum)}; leave it out to keep addresses for ever");
        }

        return parsed;
    }
}
