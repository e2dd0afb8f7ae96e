namespace PodEip.Claims.View;

/// <summary>Where an address stands for a planner.</summary>
public enum AddressState
{
    /// <summary>Never read, or a fresh read is due before anything is decided.</summary>
    Unread,

    /// <summary>A read by id found no such address, twice and late enough.</summary>
    Gone,

    /// <summary>A write on it is queued, sent or not yet confirmed, or the cloud works on it.</summary>
    Changing,

    /// <summary>Free.</summary>
    Unbound,

    /// <summary>Bound, to <see cref="AddressView.Target"/> or (when that is null) to something that is no ENI IP.</summary>
    Bound,
}
