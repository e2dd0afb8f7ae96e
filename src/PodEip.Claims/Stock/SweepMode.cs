namespace PodEip.Claims.Stock;

/// <summary>What is done about own addresses that no claim refers to and whose claim's end was not seen here (<c>--sweep</c>).</summary>
public enum SweepMode
{
    /// <summary>They are unbound and given back, few an hour.</summary>
    Release,

    /// <summary>They are only reported.</summary>
    Report,
}
