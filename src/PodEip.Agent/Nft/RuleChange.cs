namespace PodEip.Agent.Nft;

/// <summary>What was done to make the kernel hold the wanted rules.</summary>
public enum RuleChange
{
    /// <summary>Nothing: it held them.</summary>
    None,

    /// <summary>Single addresses were taken in or out.</summary>
    Elements,

    /// <summary>The tables were replaced.</summary>
    Whole,
}
