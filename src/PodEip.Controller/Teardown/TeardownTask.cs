using PodEip.Claims.Teardown;
using PodEip.Cloud;

namespace PodEip.Controller.Teardown;

/// <summary>One address under way.</summary>
internal sealed class TeardownTask(TeardownRecord record)
{
    /// <summary>Failures of its own after which it is left.</summary>
    private const int MostFailures = 6;

    /// <summary>Reads that must miss it before it counts as gone.</summary>
    private const int ReadsToBelieve = 2;

    private int _failures;
    private int _missing;

    /// <summary>The plan for it.</summary>
    public TeardownRecord Record => record;

    /// <summary>What was reached: done, failed, or null while it is under way.</summary>
    public bool? Ended { get; private set; }

    /// <summary>What came of it, for people.</summary>
    public string Result { get; private set; } = "";

    /// <summary>It was unbound by us.</summary>
    public bool WasUnbound { get; set; }

    /// <summary>Its batch was refused: it is released by itself.</summary>
    public bool ReleaseAlone { get; set; }

    /// <summary>What the cloud said last about a write on it; null when all was well.</summary>
    public string? LastError { get; private set; }

    /// <summary>Not there in one more read.</summary>
    /// <returns>True when that was seen often enough (I8).</returns>
    public bool Missed() => ++_missing >= ReadsToBelieve;

    /// <summary>It was there.</summary>
    public void Seen() => _missing = 0;

    /// <summary>The goal is reached.</summary>
    public void Done(string result) => (Ended, Result) = (true, result);

    /// <summary>It stays as it is.</summary>
    public void Fail(string why) => (Ended, Result) = (false, why);

    /// <summary>A write on it failed. What may pass is tried again a few times.</summary>
    public void OnError(CloudException error)
    {
        LastError = error.Message;
        if (error.ErrorClass is CloudErrorClass.Permission)
        {
            Fail($"not allowed: {error.Message}");
        }
        else if (error.ErrorClass is not CloudErrorClass.NotFound && (error.ErrorClass is CloudErrorClass.Request or CloudErrorClass.Credentials || ++_failures >= MostFailures))
        {
            Fail(error.Message);
        }
    }
}
