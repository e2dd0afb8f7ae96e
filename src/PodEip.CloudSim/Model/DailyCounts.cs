namespace PodEip.CloudSim.Model;

/// <summary>What was used of the daily quotas on one day of the account's calendar.</summary>
/// <param name="Day">The day.</param>
/// <param name="Purchases">Addresses bought.</param>
/// <param name="SingleIspPurchases">Static single-line addresses bought.</param>
/// <param name="OrdinaryIps">Ordinary public IPs given on unbinding.</param>
public sealed record DailyCounts(DateOnly Day, int Purchases, int SingleIspPurchases, int OrdinaryIps);
