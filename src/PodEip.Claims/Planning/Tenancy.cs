using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.View;

namespace PodEip.Claims.Planning;

/// <summary>Whose Pods may name a given address. Judged each time one is about to be taken or bound; what is bound stays.</summary>
internal static class Tenancy
{
    /// <summary>Why the view's namespace may not have the address; null when it may.</summary>
    public static string? Refuses(ClaimView view, AddressView address, PlannerSettings settings)
    {
        var why = address.Namespaces is { } tag ? tag.Refuses(view.Key.Namespace)
            : settings.Given is GivenPolicy.TaggedOnly ? NamespaceTag.Missing
            : null;
        return why is null ? null : $"{address.Id} is not open to namespace {view.Key.Namespace}: {why}";
    }

    /// <summary>
    /// The claim has the address, and may not have it bound any more. A fixed claim keeps what it has and waits (I3); another
    /// lets it go, so that those who may name it can have it.
    /// </summary>
    public static Step WhenWithdrawn(ClaimView view, AddressView address, string refusal, PlannerSettings settings, DateTimeOffset now) =>
        !view.Claim!.IsFixed() ? new Step.WriteStatus(new StatusChange.Dropped(Reasons.AddressForbidden, refusal))
        : view.PodShowsAddress() ? new Step.PublishOnPod(null)
        : new Step.Wait(
            Reasons.AddressForbidden, $"{refusal}; the claim keeps it and does not bind it: delete the claim to let it go",
            now + settings.AddressRecheck, new Need.AddressRead([address.Id]), IsProblem: true);
}
