namespace PodEip.Claims.Teardown;

/// <summary>What teardown does about an address.</summary>
public enum TeardownAction
{
    /// <summary>Own: unbound if need be, then given back for good.</summary>
    Release,

    /// <summary>Given: taken off its Pod, never given back (I2).</summary>
    Unbind,

    /// <summary>It stays in the account, free: a fixed address that is to be kept, or a given one that nobody uses.</summary>
    Keep,

    /// <summary>Not touched; the record says why.</summary>
    Leave,
}
