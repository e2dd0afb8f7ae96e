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
/// <remarks>Settable, not init-only: the JSON source generator overwrites the defaults of init-only properties that a text leaves out.</remarks>
public sealed record CloudSettings
{
    /// <summary>The one region served.</summary>
    public string Region { get; set; } = "ap-guangzhou";

    /// <summary>Account id.</summary>
    public string Uin { get; set; } = "100000000001";

    /// <summary>Start of the sequence ids are made from; equal seeds give equal ids.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Ranges public IPs are taken from, in this order.</summary>
    public IReadOnlyList<string> PublicRanges { get; set; } = ["203.0.113.0/24", "198.51.100.0/24", "198.18.0.0/15"];

    /// <summary>Elastic addresses of the account and region.</summary>
    public int TotalQuota { get; set; } = 20;

    /// <summary>Purchases a day.</summary>
    public int DailyQuota { get; set; } = 40;

    /// <summary>Static single-line addresses (CMCC, CTCC, CUCC); they do not count towards <see cref="TotalQuota"/>.</summary>
    public int SingleIspQuota { get; set; } = 15;

    /// <summary>Purchases of static single-line addresses a day.</summary>
    public int DailySingleIspQuota { get; set; } = 30;

    /// <summary>Ordinary public IPs given on unbinding a day.</summary>
    public int DailyPublicIpQuota { get; set; } = 10;

    /// <summary>The account's calendar: offset from UTC at which a day begins.</summary>
    public TimeSpan DayOffset { get; set; } = TimeSpan.FromHours(8);

    /// <summary>CREATING lasts.</summary>
    public TimeSpan CreatingTime { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>BINDING lasts.</summary>
    public TimeSpan BindingTime { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>UNBINDING lasts.</summary>
    public TimeSpan UnbindingTime { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>OFFLINING lasts.</summary>
    public TimeSpan OffliningTime { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A bandwidth change lasts.</summary>
    public TimeSpan ModifyingTime { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A private IP is PENDING for.</summary>
    public TimeSpan PrivateIpTime { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A private IP that is given back is DELETING for.</summary>
    public TimeSpan PrivateIpReturnTime { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>An ENI is PENDING, or ATTACHING, for.</summary>
    public TimeSpan EniTime { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Tags given at a purchase appear after this long.</summary>
    public TimeSpan TagDelay { get; set; } = TimeSpan.Zero;

    /// <summary>Every list read answers the state of this long ago; at most <see cref="CloudModel.HistoryKept"/>.</summary>
    public TimeSpan ReadLag { get; set; } = TimeSpan.Zero;

    /// <summary>Most addresses of one AllocateAddresses; 0 for no bound.</summary>
    public int MaxAllocate { get; set; } = 10;

    /// <summary>Most ids of one ReleaseAddresses; 0 for no bound.</summary>
    public int MaxRelease { get; set; } = 10;

    /// <summary>Most ids of one ModifyAddressesBandwidth; 0 for no bound.</summary>
    public int MaxModify { get; set; } = 10;

    /// <summary>Longest AddressName, 20 (older pages) or 128 (newest page); 0 for no bound.</summary>
    public int NameLimit { get; set; } = 20;

    /// <summary>What becomes of longer names at a purchase; renaming always refuses them.</summary>
    public LongNames LongNames { get; set; }

    /// <summary>Names of one purchase of several get <c>_1</c>, <c>_2</c> … added.</summary>
    public bool NameIndex { get; set; }

    /// <summary>What becomes of tags that are new to the account at a purchase.</summary>
    public UnknownTags UnknownTags { get; set; }

    /// <summary>Tag keys of the account.</summary>
    public int MaxTagKeys { get; set; } = 1000;

    /// <summary>Values of one tag key of the account.</summary>
    public int MaxTagValues { get; set; } = 1000;

    /// <summary>The API's clock is ahead by this much (behind, when negative): it judges timestamps and dates answers by it.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.Zero;

    /// <summary>Life of the temporary credentials that the metadata service hands out; renewed ten minutes before their end, or at half their life.</summary>
    public TimeSpan RoleCredentialLife { get; set; } = TimeSpan.FromHours(2);

    /// <summary>ClientTokens are remembered for.</summary>
    public TimeSpan ClientTokenMemory { get; set; } = TimeSpan.FromHours(1);

    /// <summary>ClientTokens do nothing at all.</summary>
    public bool ClientTokensIgnored { get; set; }

    /// <summary>What a known token with other parameters means.</summary>
    public TokenMismatch TokenMismatch { get; set; }

    /// <summary>DescribeNetworkInterfaces answers <c>ResourceNotFound</c> when a named ENI does not exist, instead of leaving it out.</summary>
    public bool MissingEnisRefused { get; set; }

    /// <summary>Binding to a primary IP with an ordinary public IP is refused; otherwise the ordinary one is given back.</summary>
    public bool OrdinaryIpRefusesBinding { get; set; } = true;

    /// <summary>A legacy ("bill by CVM") account: no bandwidth and no charge type on addresses.</summary>
    public bool LegacyAccount { get; set; }

    /// <summary>Lines the account may buy.</summary>
    public IReadOnlyList<string> Isps { get; set; } = ["BGP", "CMCC", "CTCC", "CUCC"];

    /// <summary>Highest bandwidth of traffic- and hourly-billed addresses, Mbps.</summary>
    public int MaxBandwidth { get; set; } = 100;

    /// <summary>Bandwidth packages that exist.</summary>
    public IReadOnlyList<string> BandwidthPackages { get; set; } = [];

    /// <summary>Route tables of a VPC.</summary>
    public int RouteTableQuota { get; set; } = 10;

    /// <summary>Routes of a route table.</summary>
    public int RouteQuota { get; set; } = 50;

    /// <summary>An EIP route may share its destination with one to NAT or a CVM; else <c>UnsupportedOperation.EcmpWithUserRoute</c>.</summary>
    public bool EipRouteBesideOthers { get; set; } = true;

    /// <summary>The account is out of money: nothing can be bought.</summary>
    public bool NoBalance { get; set; }
}
