namespace PodEip.CloudSim.Model;

/// <summary>What the cloud does with a name that is too long.</summary>
public enum LongNames
{
    /// <summary>Refuses it: <c>InvalidParameterValue.TooLong</c>.</summary>
    Refuse,

    /// <summary>Cuts it silently.</summary>
    Cut,

    /// <summary>Takes it as it is.</summary>
    Take,
}

/// <summary>What a purchase does with a tag that does not exist in the account.</summary>
public enum UnknownTags
{
    /// <summary>Makes it.</summary>
    Create,

    /// <summary>Refuses it: <c>InvalidParameterValue.TagNotExisted</c>.</summary>
    Refuse,
}

/// <summary>What a remembered ClientToken with other parameters means.</summary>
public enum TokenMismatch
{
    /// <summary>Refused: <c>UnsupportedOperation.IdempotentParameterMismatch</c>.</summary>
    Refuse,

    /// <summary>The first answer is given all the same.</summary>
    FirstAnswer,
}

/// <summary>Quotas, times and switches of the simulated cloud. Where Tencent's documents are silent, the strict reading is the default.</summary>
public sealed record CloudSettings
{
    /// <summary>The one region served.</summary>
    public string Region { get; init; } = "ap-guangzhou";

    /// <summary>Account id.</summary>
    public string Uin { get; init; } = "100000000001";

    /// <summary>Start of the sequence ids are made from; equal seeds give equal ids.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Ranges public IPs are taken from, in this order.</summary>
    public IReadOnlyList<string> PublicRanges { get; init; } = ["203.0.113.0/24", "198.51.100.0/24", "198.18.0.0/15"];

    /// <summary>Elastic addresses of the account and region.</summary>
    public int TotalQuota { get; init; } = 20;

    /// <summary>Purchases a day.</summary>
    public int DailyQuota { get; init; } = 40;

    /// <summary>Static single-line addresses (CMCC, CTCC, CUCC); they do not count towards <see cref="TotalQuota"/>.</summary>
    public int SingleIspQuota { get; init; } = 15;

    /// <summary>Purchases of static single-line addresses a day.</summary>
    public int DailySingleIspQuota { get; init; } = 30;

    /// <summary>Ordinary public IPs given on unbinding a day.</summary>
    public int DailyPublicIpQuota { get; init; } = 10;

    /// <summary>The account's calendar: offset from UTC at which a day begins.</summary>
    public TimeSpan DayOffset { get; init; } = TimeSpan.FromHours(8);

    /// <summary>CREATING lasts.</summary>
    public TimeSpan CreatingTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>BINDING lasts.</summary>
    public TimeSpan BindingTime { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>UNBINDING lasts.</summary>
    public TimeSpan UnbindingTime { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>OFFLINING lasts.</summary>
    public TimeSpan OffliningTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A bandwidth change lasts.</summary>
    public TimeSpan ModifyingTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A private IP is PENDING for.</summary>
    public TimeSpan PrivateIpTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A private IP that is given back is DELETING for.</summary>
    public TimeSpan PrivateIpReturnTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>An ENI is PENDING, or ATTACHING, for.</summary>
    public TimeSpan EniTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Tags given at a purchase appear after this long.</summary>
    public TimeSpan TagDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Every list read answers the state of this long ago; at most <see cref="CloudModel.HistoryKept"/>.</summary>
    public TimeSpan ReadLag { get; init; } = TimeSpan.Zero;

    /// <summary>Most addresses of one AllocateAddresses; 0 for no bound.</summary>
    public int MaxAllocate { get; init; } = 10;

    /// <summary>Most ids of one ReleaseAddresses; 0 for no bound.</summary>
    public int MaxRelease { get; init; } = 10;

    /// <summary>Most ids of one ModifyAddressesBandwidth; 0 for no bound.</summary>
    public int MaxModify { get; init; } = 10;

    /// <summary>Longest AddressName, 20 (older pages) or 128 (newest page); 0 for no bound.</summary>
    public int NameLimit { get; init; } = 20;

    /// <summary>What becomes of longer names at a purchase; renaming always refuses them.</summary>
    public LongNames LongNames { get; init; }

    /// <summary>Names of one purchase of several get <c>_1</c>, <c>_2</c> … added.</summary>
    public bool NameIndex { get; init; }

    /// <summary>What becomes of tags that are new to the account at a purchase.</summary>
    public UnknownTags UnknownTags { get; init; }

    /// <summary>Tag keys of the account.</summary>
    public int MaxTagKeys { get; init; } = 1000;

    /// <summary>Values of one tag key of the account.</summary>
    public int MaxTagValues { get; init; } = 1000;

    /// <summary>ClientTokens are remembered for.</summary>
    public TimeSpan ClientTokenMemory { get; init; } = TimeSpan.FromHours(1);

    /// <summary>ClientTokens do nothing at all.</summary>
    public bool ClientTokensIgnored { get; init; }

    /// <summary>What a known token with other parameters means.</summary>
    public TokenMismatch TokenMismatch { get; init; }

    /// <summary>DescribeNetworkInterfaces answers <c>ResourceNotFound</c> when a named ENI does not exist, instead of leaving it out.</summary>
    public bool MissingEnisRefused { get; init; }

    /// <summary>Binding to a primary IP with an ordinary public IP is refused; otherwise the ordinary one is given back.</summary>
    public bool OrdinaryIpRefusesBinding { get; init; } = true;

    /// <summary>A legacy ("bill by CVM") account: no bandwidth and no charge type on addresses.</summary>
    public bool LegacyAccount { get; init; }

    /// <summary>Lines the account may buy.</summary>
    public IReadOnlyList<string> Isps { get; init; } = ["BGP", "CMCC", "CTCC", "CUCC"];

    /// <summary>Highest bandwidth of traffic- and hourly-billed addresses, Mbps.</summary>
    public int MaxBandwidth { get; init; } = 100;

    /// <summary>Bandwidth packages that exist.</summary>
    public IReadOnlyList<string> BandwidthPackages { get; init; } = [];

    /// <summary>The account is out of money: nothing can be bought.</summary>
    public bool NoBalance { get; init; }
}
