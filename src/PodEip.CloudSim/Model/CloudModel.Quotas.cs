using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    private DailyCounts _daily = new(DateOnly.MinValue, 0, 0, 0);

    /// <summary>DescribeAddressQuota.</summary>
    public DescribeAddressQuotaAnswer DescribeAddressQuota(DescribeAddressQuotaCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var today = Today(Settle());
            return new DescribeAddressQuotaAnswer(
            [
                new QuotaRow("TOTAL_EIP_QUOTA", _addresses.General, _settings.TotalQuota),
                new QuotaRow("DAILY_EIP_APPLY", today.Purchases, _settings.DailyQuota),
                new QuotaRow("DAILY_PUBLIC_IP_ASSIGN", today.OrdinaryIps, _settings.DailyPublicIpQuota),
                new QuotaRow("SINGLEISP_EIP_QUOTA", _addresses.SingleIsp, _settings.SingleIspQuota),
                new QuotaRow("DAILY_SINGLEISP_APPLY", today.SingleIspPurchases, _settings.DailySingleIspQuota),
            ]);
        }
    }

    private DailyCounts Today(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.ToOffset(_settings.DayOffset).DateTime);
        return _daily = _daily.Day == day ? _daily : new DailyCounts(day, 0, 0, 0);
    }

    // A batch that does not fit fails as a whole: the likely reading, the documents are silent.
    private void RequireQuota(DateTimeOffset now, bool singleIsp, int count)
    {
        var today = Today(now);
        var (held, quota) = singleIsp ? (_addresses.SingleIsp, _settings.SingleIspQuota) : (_addresses.General, _settings.TotalQuota);
        if (held + count > quota)
        {
            throw new CloudFault("AddressQuotaLimitExceeded", $"The quota of addresses in this region is {quota}; {held} are held and {count} asked for.");
        }

        var (bought, daily) = singleIsp ? (today.SingleIspPurchases, _settings.DailySingleIspQuota) : (today.Purchases, _settings.DailyQuota);
        if (bought + count > daily)
        {
            throw new CloudFault("AddressQuotaLimitExceeded.DailyAllocate", $"{daily} addresses can be bought a day; {bought} were bought today and {count} are asked for.");
        }
    }

    private void UseQuota(DateTimeOffset now, bool singleIsp, int count)
    {
        var today = Today(now);
        _daily = singleIsp
            ? today with { SingleIspPurchases = today.SingleIspPurchases + count }
            : today with { Purchases = today.Purchases + count };
    }
}
