using PodEip.Api;
using PodEip.Cloud;
using PodEip.Controller.Reconciling;
using PodEip.Controller.Tests.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Reconciling;

public sealed class FailurePaceTests
{
    private static readonly CoreSettings Settings = new() { PermissionRetry = TimeSpan.FromMinutes(7) };

    /// <summary>Seconds after the first, second, third and a late failure in a row.</summary>
    [Theory]
    [InlineData(CloudErrorClass.Throttled, Reasons.Throttled, 1, 1, 1, 1)]
    [InlineData(CloudErrorClass.Busy, Reasons.AddressBusy, 1, 2, 4, 30)]
    [InlineData(CloudErrorClass.Conflict, Reasons.AddressBusy, 1, 2, 4, 30)]
    [InlineData(CloudErrorClass.NotFound, Reasons.AddressNotFound, 1, 2, 4, 60)]
    [InlineData(CloudErrorClass.Credentials, Reasons.Unauthorized, 30, 30, 30, 30)]
    [InlineData(CloudErrorClass.Permission, Reasons.Unauthorized, 420, 420, 420, 420)]
    [InlineData(CloudErrorClass.Quota, Reasons.QuotaExceeded, 15, 30, 60, 120)]
    [InlineData(CloudErrorClass.DailyQuota, Reasons.DailyQuotaExceeded, 600, 600, 600, 600)]
    [InlineData(CloudErrorClass.Balance, Reasons.BalanceInsufficient, 300, 300, 300, 300)]
    [InlineData(CloudErrorClass.AddressUnusable, Reasons.AddressUnusable, 60, 60, 60, 60)]
    [InlineData(CloudErrorClass.Request, Reasons.InvalidRequest, 300, 300, 300, 300)]
    [InlineData(CloudErrorClass.Unclear, Reasons.CloudUnreachable, 2, 4, 8, 60)]
    public void Each_class_has_its_reason_and_pace(CloudErrorClass errorClass, string reason, int first, int second, int third, int late)
    {
        var paused = new[] { 0, 1, 2, 1000 }.Select(before =>
        {
            var failure = FailurePace.Of(Sample.Error(errorClass), before, EventReasons.FailedAssociateEIP, Settings, Sample.Start);
            Assert.Equal(reason, failure.Reason);
            return (int)(failure.RetryAt - Sample.Start).TotalSeconds;
        });
        Assert.Equal([first, second, third, late], paused);
    }

    [Fact]
    public void Every_class_of_error_is_in_the_table() => Assert.Equal(
        Enum.GetValues<CloudErrorClass>().Order(),
        typeof(FailurePaceTests).GetMethod(nameof(Each_class_has_its_reason_and_pace))!.GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(InlineDataAttribute))
            .Select(a => (CloudErrorClass)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[0].Value!)
            .Order());

    [Fact]
    public void The_limit_of_a_CVM_is_looked_at_again_soon()
    {
        var failure = FailurePace.Of(Sample.Error(CloudErrorClass.Quota, "LimitExceeded.InstanceAddressQuota"), 0, EventReasons.FailedAssociateEIP, Settings, Sample.Start);
        Assert.Equal(Reasons.NodeQuotaExceeded, failure.Reason);
        Assert.Equal(Sample.Start.AddSeconds(2), failure.RetryAt);
    }

    [Fact]
    public void The_words_name_action_code_and_cloud_and_leave_the_request_to_the_event()
    {
        var failure = FailurePace.Of(Sample.Error(CloudErrorClass.Balance, "No.Money", "AllocateAddresses"), 0, EventReasons.FailedAllocateEIP, Settings, Sample.Start);
        Assert.Equal("AllocateAddresses: No.Money: words of the cloud", failure.Message);
        Assert.Equal("req-1", failure.RequestId);
        Assert.Equal(EventReasons.FailedAllocateEIP, failure.Event);
        var silent = FailurePace.Of(new CloudException(CloudErrorClass.Unclear, "AssociateAddress", "Transport.Timeout", "no answer"), 0, "E", Settings, Sample.Start);
        Assert.Equal("AssociateAddress: Transport.Timeout: no answer", silent.Message);
    }
}
