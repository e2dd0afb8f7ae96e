namespace PodEip.Bench.Cases;

/// <summary>What a case counts, and how many it may be asked for.</summary>
/// <param name="Of">What is counted.</param>
/// <param name="Default">How many without being asked.</param>
/// <param name="Least">At least.</param>
/// <param name="Most">At most.</param>
internal sealed record CaseSize(string Of, int Default, int Least, int Most);
