using PodEip.Api;
using PodEip.Claims.Planning;
using PodEip.Claims.Tests.Vocabulary;
using PodEip.Claims.View;

namespace PodEip.Claims.Tests.Planning;

/// <summary>I2, I5, §5: how an address comes off.</summary>
public sealed class UnbindingTests
{
    private static ClaimView Freed => Given.AClaimWithoutPod();

    [Fact]
    public void An_address_that_was_not_read_is_read_first() =>
        Assert.IsType<Need.AddressRead>(Freed.With(Given.Address().In(AddressState.Unread)).Plan().Waits(Reasons.Unbinding).Needs);

    [Fact]
    public void An_address_that_the_cloud_works_on_is_waited_for() =>
        Assert.NotNull(Freed.With(Given.Address().In(AddressState.Changing)).Plan().Waits(Reasons.Unbinding).Until);

    [Fact]
    public void A_bind_whose_answer_was_lost_is_settled_by_an_unbind() =>
        Assert.Equal(new Step.Disassociate(Given.Id, ProtectsStranger: false), Freed.With(Given.Address() with { MayYetBind = true }).Plan());

    [Fact]
    public void A_failure_is_waited_out() =>
        Assert.Equal(Given.Now.AddMinutes(1), Freed.Failing(Reasons.CloudUnreachable).Plan().Waits(Reasons.CloudUnreachable).Until);

    [Fact]
    public void What_was_recorded_before_the_bind_is_ours_after_a_crash() =>
        Assert.IsType<Step.Disassociate>(Freed.With(Given.Claim().Binding()).Plan());

    [Fact]
    public void What_is_bound_where_nothing_was_recorded_is_not_ours() =>
        Freed.With(Given.Claim().Allocated()).Plan().Waits(Reasons.AddressBoundOutside);
}
