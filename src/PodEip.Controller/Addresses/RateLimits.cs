namespace PodEip.Controller.Addresses;

/// <summary>The documented rate limits, and how much of them is used.</summary>
public sealed record RateLimits
{
    /// <summary>The share of each limit that is used; the rest is left to consoles and other tools of the same account.</summary>
    public double Share { get; init; } = 0.985;

    /// <summary>For accounts whose limits were raised.</summary>
    public double Multiplier { get; init; } = 1;

    /// <summary>Calls a second that may be sent.</summary>
    public double Of(CloudAction action) => Documented(action) * Multiplier * Share;

    /// <summary>The documented figure, calls a second per account and region.</summary>
    public static double Documented(CloudAction action) => action switch
    {
        CloudAction.DescribeAddresses or CloudAction.TagResources or CloudAction.ModifyAddressesBandwidth or CloudAction.DescribeInstances => 20,
        CloudAction.DescribeNetworkInterfaces or CloudAction.DescribeSubnets or CloudAction.DescribeRouteTables or CloudAction.DescribeNatGateways => 50,
        CloudAction.CreateRoutes or CloudAction.DeleteRoutes => 50,
        _ => 10,
    };
}
