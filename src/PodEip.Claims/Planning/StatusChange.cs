using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>One change of a claim's status.</summary>
public abstract record StatusChange
{
    private StatusChange()
    {
    }

    /// <summary>The claim has this address now.</summary>
    /// <param name="AddressId">The address.</param>
    /// <param name="PublicIp">Its IP.</param>
    /// <param name="IsOwn">Bought by this system.</param>
    /// <param name="Intended">Where it is about to be bound, if that is known already.</param>
    public sealed record Allocated(string AddressId, string? PublicIp, bool IsOwn, BindingIntent? Intended) : StatusChange;

    /// <summary>Where it is about to be bound: written before the bind, so that after a crash our own binding is known as ours.</summary>
    public sealed record Binding(BindingIntent To) : StatusChange;

    /// <summary>Bound, and confirmed by the cloud.</summary>
    /// <param name="To">Where.</param>
    /// <param name="PublicIp">The address's IP.</param>
    /// <param name="Egress">What is said of egress in the same write; null when it is not known, and nothing is said.</param>
    public sealed record Bound(BindingIntent To, string? PublicIp, EgressView? Egress = null) : StatusChange;

    /// <summary>What is said of a bound claim's egress.</summary>
    public sealed record EgressSaid(EgressView View) : StatusChange;

    /// <summary>Not bound any more; the address is kept for the next Pod of that name.</summary>
    /// <param name="AddressId">The address.</param>
    /// <param name="PublicIp">Its IP.</param>
    /// <param name="Words">What is to be said of its retention; null for the usual.</param>
    public sealed record Retained(string? AddressId, string? PublicIp, string? Words = null) : StatusChange;

    /// <summary>The address has the bandwidth of the spec now.</summary>
    public sealed record Resized(int BandwidthMbps) : StatusChange;

    /// <summary>The claim has no address any more.</summary>
    /// <param name="Reason">Condition reason.</param>
    /// <param name="Message">For people.</param>
    /// <param name="IsReplaced">It served, and another one is to: it goes back as used, and nothing failed.</param>
    public sealed record Dropped(string Reason, string Message, bool IsReplaced = false) : StatusChange;

    /// <summary>Only the reason of waiting changes.</summary>
    /// <param name="Reason">Condition reason.</param>
    /// <param name="Message">For people.</param>
    /// <param name="IsProblem">The claim counts as Failed until it changes.</param>
    /// <param name="IsNotice">A bound claim says it too, and is ready all the same.</param>
    public sealed record Waiting(string Reason, string Message, bool IsProblem, bool IsNotice = false) : StatusChange
    {
        /// <summary>When it is tried again; null when something else ends the wait.</summary>
        public DateTimeOffset? NextTry { get; init; }

        /// <summary>Tries in a row that failed.</summary>
        public int? FailedTries { get; init; }
    }
}
