namespace PodEip.Controller.Addresses;

/// <summary>What is being done to an address.</summary>
internal enum WriteKind
{
    /// <summary>Bind.</summary>
    Associate,

    /// <summary>Unbind.</summary>
    Disassociate,

    /// <summary>Rename.</summary>
    Rename,

    /// <summary>Change the bandwidth.</summary>
    Resize,

    /// <summary>Give back.</summary>
    Release,
}
