using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.View;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Tests.Vocabulary;

/// <summary>What may be different about a view, and the question put to the planner.</summary>
internal static class Views
{
    public static ClaimView With(this ClaimView view, PodView pod) => view with { Pod = pod, PodPresence = PodPresence.Present };

    public static ClaimView With(this ClaimView view, EipClaim claim) => view with { Claim = claim };

    public static ClaimView With(this ClaimView view, AddressView address) => view with { Address = address };

    public static ClaimView Found(this ClaimView view, NetworkTarget target) => view with { Target = new TargetLookup.Found(target) };

    public static ClaimView TargetUnknown(this ClaimView view) => view with { Target = new TargetLookup.Unknown() };

    public static ClaimView NoPrivateIp(this ClaimView view) =>
        view with { Target = new TargetLookup.NoPrivateIp(), Pod = view.Pod!.WithoutPrivateIp() };

    public static ClaimView OnNoInterface(this ClaimView view) =>
        view with { Target = new TargetLookup.OnNoInterface(Given.Now.AddMinutes(1)) };

    public static ClaimView PodGone(this ClaimView view) =>
        view with { Pod = null, PodPresence = PodPresence.ConfirmedAbsent, Target = new TargetLookup.NoPrivateIp() };

    /// <summary>The last look past the cache was so long ago.</summary>
    public static ClaimView PodCheckedBefore(this ClaimView view, TimeSpan ago) => view with { PodCheckedAt = Given.Now - ago };

    public static ClaimView PodNotSeen(this ClaimView view) => view.PodGone() with { PodPresence = PodPresence.NotSeen };

    public static ClaimView ClaimDeleted(this ClaimView view) => view with { Claim = view.Claim!.Deleted() };

    /// <summary>The list of given addresses, as the book holds them: free unless a test says otherwise.</summary>
    public static ClaimView Listing(this ClaimView view, params AddressView[] addresses) =>
        view with { Given = [.. addresses.Select(address => new GivenAddressView(address.Id, address))] };

    public static ClaimView Listing(this ClaimView view, params string[] ids) => view.Listing([.. ids.Select(Given.GivenAddress)]);

    public static ClaimView Failing(this ClaimView view, string reason) =>
        view with { Failure = new ClaimFailure(reason, "the cloud said no", Given.Now.AddMinutes(1), Event: null) };

    public static Step Plan(this ClaimView view, UnbindMoment unbind = UnbindMoment.OnExit) =>
        view.Plan(new PlannerSettings { Unbind = unbind });

    public static Step Plan(this ClaimView view, PlannerSettings settings) => Planner.Plan(view, settings, Given.Now);

    public static Step Plan(this ClaimView view, DriftPolicy drift) => Planner.Plan(view, new PlannerSettings { Drift = drift }, Given.Now);

    public static Step Plan(this ClaimView view, GivenPolicy given) => Planner.Plan(view, new PlannerSettings { Given = given }, Given.Now);

    /// <summary>The plan must be to wait for this reason.</summary>
    public static Step.Wait Waits(this Step step, string reason)
    {
        var wait = Assert.IsType<Step.Wait>(step);
        Assert.Equal(reason, wait.Reason);
        return wait;
    }

    public static T Writes<T>(this Step step)
        where T : StatusChange => Assert.IsType<T>(Assert.IsType<Step.WriteStatus>(step).Change);
}
