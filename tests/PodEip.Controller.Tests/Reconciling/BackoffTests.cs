using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Cloud;
using PodEip.Controller.Addresses;
using PodEip.Controller.Tests.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

/// <summary>The pace of a claim's own failures: said once, kept over a restart.</summary>
public sealed class BackoffTests
{
    private readonly Desk _desk = new();

    public BackoffTests()
    {
        _desk.Cloud["eip-1"] = Sample.Own("eip-1");
        _desk.Pod(Sample.Web0, Sample.HereIp);
        _desk.Settle();
        _desk.Run(TimeSpan.FromSeconds(2));
    }

    private static ClaimCondition Ready(Desk desk) => desk.Claim(Sample.Web0).Status.Condition(ConditionTypes.Ready)!;

    private void Refuse(CloudErrorClass errorClass, string code, string words = "words of the cloud") =>
        _desk.Answer<QueuedCall.Associate>(new CloudException(errorClass, "AssociateAddress", code, words, Guid.NewGuid().ToString()));

    /// <summary>A new process on what this one left, its clock put to the same time.</summary>
    private Desk Restart()
    {
        var next = new Desk(before: cluster => cluster.Claims[Sample.Web0.ToString()] = _desk.Claim(Sample.Web0));
        next.Time.Advance(_desk.Now - next.Now);
        foreach (var (id, address) in _desk.Cloud)
        {
            next.Cloud[id] = address;
        }

        next.Interfaces[Sample.HereIp.PrivateIp] = Sample.HereIp.NetworkInterfaceId;
        next.Cluster.Put(_desk.Cluster.Pod(Sample.Web0)!);
        return next;
    }

    [Theory]
    [InlineData(CloudErrorClass.Quota, "LimitExceeded.InstanceAddressQuota", Reasons.NodeQuotaExceeded)]
    [InlineData(CloudErrorClass.AddressUnusable, "InvalidAddressId.Blocked", Reasons.AddressUnusable)]
    [InlineData(CloudErrorClass.Permission, "AuthFailure.UnauthorizedOperation", Reasons.Unauthorized)]
    [InlineData(CloudErrorClass.Unclear, "InternalError", Reasons.CloudUnreachable)]
    public void A_lasting_failure_is_said_once_with_its_time_and_without_the_request(CloudErrorClass errorClass, string code, string reason)
    {
        var tries = 0;
        var writes = 0L;
        for (var i = 0; i < 600; i++)
        {
            if (_desk.Sent<QueuedCall.Associate>().Count > 0)
            {
                Refuse(errorClass, code, $"words that change: {i}");
                tries++;
            }

            var before = _desk.Claim(Sample.Web0).Metadata.ResourceVersion;
            _desk.Advance(TimeSpan.FromSeconds(1));
            writes += before == _desk.Claim(Sample.Web0).Metadata.ResourceVersion ? 0 : 1;
            if (_desk.Sent<QueuedCall.Disassociate>().Count > 0)
            {
                _desk.Answer<QueuedCall.Disassociate>();
            }
        }

        Assert.Equal(reason, Ready(_desk).Reason);
        Assert.NotNull(_desk.Claim(Sample.Web0).Status.NextTry);
        Assert.DoesNotContain("(request", Ready(_desk).Message, StringComparison.Ordinal);
        var warning = Assert.Single(_desk.Events.All, e => e.IsWarning);
        Assert.Contains("(request", warning.Message, StringComparison.Ordinal);
        Assert.InRange(tries, 3, 20);
        Assert.InRange(writes, 1, 20);
    }

    [Fact]
    public void What_failed_is_not_tried_sooner_for_a_restart_and_doubling_goes_on()
    {
        for (var i = 0; i < 7; i++)
        {
            Refuse(CloudErrorClass.Quota, "LimitExceeded.InstanceAddressQuota");
            _desk.Run(TimeSpan.FromSeconds(1));
            for (var s = 0; s < 70 && _desk.Sent<QueuedCall.Associate>().Count == 0 && i < 6; s++)
            {
                _desk.Advance(TimeSpan.FromSeconds(1));
            }
        }

        var status = _desk.Claim(Sample.Web0).Status;
        Assert.Equal(7, status.FailedTries);
        var next = Restart();
        next.Settle();
        next.Run(status.NextTry!.Value - next.Now - TimeSpan.FromSeconds(2));
        Assert.Empty(next.Writes);
        Assert.Equal(Reasons.NodeQuotaExceeded, Ready(next).Reason);
        for (var s = 0; s < 120 && next.Sent<QueuedCall.Associate>().Count == 0; s++)
        {
            if (next.Sent<QueuedCall.Disassociate>().Count > 0)
            {
                next.Answer<QueuedCall.Disassociate>();
            }

            next.Advance(TimeSpan.FromSeconds(1));
        }

        next.Answer<QueuedCall.Associate>(Sample.Error(CloudErrorClass.Quota, "LimitExceeded.InstanceAddressQuota"));
        next.Settle();
        Assert.InRange(next.Core.Notes(Sample.Web0).Failure!.RetryAt - next.Now, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(61));
        Assert.DoesNotContain(next.Events.All, e => e.IsWarning);
    }

    [Fact]
    public void A_throttle_that_lasts_is_told_and_is_over_when_a_call_gets_through()
    {
        for (var i = 0; i < 40; i++)
        {
            if (_desk.Sent<QueuedCall.Associate>().Count > 0)
            {
                Refuse(CloudErrorClass.Throttled, "RequestLimitExceeded");
            }

            _desk.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Reasons.Throttled, Ready(_desk).Reason);
        for (var i = 0; i < 30 && _desk.Claim(Sample.Web0).Status.Phase != ClaimPhase.Bound; i++)
        {
            if (_desk.Sent<QueuedCall.Associate>().Count > 0)
            {
                _desk.Answer<QueuedCall.Associate>();
            }

            _desk.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(ClaimPhase.Bound, _desk.Claim(Sample.Web0).Status.Phase);
        Assert.Null(_desk.Claim(Sample.Web0).Status.NextTry);
    }
}
