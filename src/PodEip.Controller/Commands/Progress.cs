namespace PodEip.Controller.Commands;

/// <summary>Tells how far a command is, no more often than every two seconds; to standard error, so that the output stays clean.</summary>
internal sealed class Progress(TextWriter error, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private long _last = time.GetTimestamp();

    /// <summary>Says where it is, if it is time to.</summary>
    public void At(Func<string> words)
    {
        if (time.GetElapsedTime(_last) >= Every)
        {
            Say(words());
        }
    }

    /// <summary>Says something at once.</summary>
    public void Say(string words)
    {
        error.WriteLine(words);
        _last = time.GetTimestamp();
    }
}
