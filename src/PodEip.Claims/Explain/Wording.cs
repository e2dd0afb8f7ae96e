namespace PodEip.Claims.Explain;

/// <summary>A reason in plain words.</summary>
/// <param name="Meaning">What it means: a sentence without its full stop.</param>
/// <param name="Next">What to do next.</param>
/// <param name="IsTrouble">Somebody should see to it.</param>
public sealed record Wording(string Meaning, string Next, bool IsTrouble)
{
    /// <summary>For a word that is not known here, such as a newer controller's.</summary>
    public static Wording Unknown { get; } = new("this version has no words for it", "Read the message; a newer kubectl-eip may tell more.", IsTrouble: true);
}
