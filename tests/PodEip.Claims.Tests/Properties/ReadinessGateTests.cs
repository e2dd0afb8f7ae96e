using CsCheck;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Properties;

/// <summary>B8: what a readiness gate must never do, on every view.</summary>
public sealed class ReadinessGateTests
{
    private static readonly PodGate[] Gates = [PodGate.Silent, new(true, "Bound", "it is"), new(false, "Unbound", "it isn't")];

    private static void Always(Action<ClaimView, PodGate, PlannerSettings> holds) =>
        Gen.Select(RandomViews.Any.Where(view => view.Pod is not null), RandomViews.Among(Gates), RandomViews.Among(Enum.GetValues<DriftPolicy>()), (view, gate, drift) => (view, gate, drift))
            .Sample(x => holds(x.view, x.gate, new PlannerSettings { Drift = x.drift }), iter: 10_000);

    private static ClaimView With(ClaimView view, PodGate? gate) => view.With(view.Pod! with { Gate = gate });

    /// <summary>The plan, with all that is to be said on the Pod said before.</summary>
    private static (Step Step, PodGate? Gate) Settled(ClaimView view, PlannerSettings settings)
    {
        for (var i = 0; i < 3; i++)
        {
            var step = Planner.Plan(view, settings, Given.Now);
            if (step is not Step.PublishOnPod said)
            {
                return (step, view.Pod!.Gate);
            }

            view = view.With(view.Pod! with { PublishedIp = said.PublicIp, Gate = said.Gate ?? view.Pod.Gate });
        }

        throw new InvalidOperationException($"it goes on writing on the Pod: {view}");
    }

    [Fact]
    public void It_changes_nothing_but_what_the_Pod_says() => Always((view, gate, settings) =>
        Assert.Equal(Settled(With(view, null), settings).Step.ToString(), Settled(With(view, gate), settings).Step.ToString()));

    [Fact]
    public void It_opens_only_where_the_cloud_shows_the_address_at_the_Pods_own_private_IP() => Always((view, gate, settings) =>
    {
        if (Planner.Plan(With(view, gate), settings, Given.Now) is Step.PublishOnPod { Gate.IsTrue: true } && gate.IsTrue is not true)
        {
            Assert.Equal((AddressState.Bound, view.Pod!.PrivateIp), (view.Address!.State, view.Address.Target!.PrivateIp));
            Assert.Equal(view.Pod.Uid, view.Claim!.Status.PodUid);
        }
    });

    [Fact]
    public void It_does_not_stay_open_where_the_address_is_known_to_be_off_a_living_Pod() => Always((view, _, settings) =>
    {
        if (view is { Pod: { IsEnding: false }, Address.State: AddressState.Unbound or AddressState.Gone, CloudLooksWrong: false }
            && Settled(With(view, Gates[1]), settings) is (Step.Wait or Step.Rest, var gate))
        {
            Assert.False(gate!.IsTrue);
        }
    });
}
