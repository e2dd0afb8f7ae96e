using PodEip.Api.Demands;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Where a claim's Pod stands towards an address.</summary>
public static class PodStanding
{
    /// <summary>The standings.</summary>
    public enum Kind
    {
        /// <summary>Not in the cache; nobody has asked the API server yet.</summary>
        Unsure,

        /// <summary>There is no Pod of that name.</summary>
        Absent,

        /// <summary>The object is there, nothing of it runs any more.</summary>
        Ended,

        /// <summary>It is ending, and its address comes off at once (<c>--unbind=OnDelete</c>).</summary>
        Leaving,

        /// <summary>It lives, and asks for no address any more, or is on no ENI.</summary>
        Detached,

        /// <summary>It is ending and serves until it has ended; it gets nothing new.</summary>
        Dying,

        /// <summary>It lives, and what it asks for can't be read; it keeps what it has.</summary>
        Unreadable,

        /// <summary>It lives and wants its address.</summary>
        Wanting,
    }

    /// <summary>Judges the Pod of a view.</summary>
    public static Kind Of(ClaimView view, PlannerSettings settings) => view.Pod switch
    {
        null => view.PodPresence is PodPresence.ConfirmedAbsent ? Kind.Absent : Kind.Unsure,
        { HasEnded: true } => Kind.Ended,
        { IsEnding: true } when settings.Unbind is UnbindMoment.OnDelete => Kind.Leaving,
        { Reading.Demand: PodDemand.None } => Kind.Detached,
        { IsEnding: true } => Kind.Dying,
        { Reading.Demand: PodDemand.Invalid } => Kind.Unreadable,
        { Reading.Network: NetworkMode.NotVpcCni } => Kind.Detached,
        _ => Kind.Wanting,
    };
}
