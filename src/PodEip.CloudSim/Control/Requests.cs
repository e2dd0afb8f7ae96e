namespace PodEip.CloudSim.Control;

/// <summary>An ENI to make.</summary>
internal sealed record NewEni(string? Id = null, string? SubnetId = null, string? InstanceId = null, string? PrivateIp = null, int Ips = 0, bool Instant = true);

/// <summary>Private IPs to add: so many, or these.</summary>
internal sealed record NewIps(int Count = 0, IReadOnlyList<string>? Ips = null, bool Instant = true);

/// <summary>Private IPs to give back.</summary>
internal sealed record ReturnedIps(IReadOnlyList<string>? Ips = null, bool Instant = true);

/// <summary>What to change of a CVM; null leaves it.</summary>
internal sealed record CvmChange(string? State = null, string? StopChargingMode = null, int? PublicIpLimit = null, string? CamRoleName = null, string? Name = null);

/// <summary>What to change of an address; null leaves it. Tags replace all tags.</summary>
internal sealed record AddressChange(
    string? Name = null,
    bool? IsBlocked = null,
    bool? IsArrears = null,
    bool? CascadeRelease = null,
    int? Bandwidth = null,
    IReadOnlyDictionary<string, string>? Tags = null);

/// <summary>Where to bind: ENI and private IP, or an instance of some type.</summary>
internal sealed record BindTarget(string? EniId = null, string? PrivateIp = null, string? InstanceId = null, string? InstanceType = null);

/// <summary>The CVM to attach an ENI to.</summary>
internal sealed record AttachTarget(string? InstanceId = null);

/// <summary>What to change of a subnet.</summary>
internal sealed record SubnetChange(string? RouteTableId = null);

/// <summary>What to change of a route.</summary>
internal sealed record RouteChange(bool? Enabled = null);

/// <summary>What to change of a NAT gateway; null leaves it.</summary>
internal sealed record NatGatewayChange(string? Name = null, string? State = null, string? NetworkState = null, string? RestrictState = null);

/// <summary>How far to put the clock forward.</summary>
internal sealed record ClockAdvance(double Seconds);

/// <summary>The clock.</summary>
internal sealed record ClockView(DateTimeOffset Now, double OffsetSeconds, DateTimeOffset? NextTransition);

/// <summary>Patterns of actions.</summary>
internal sealed record Patterns(IReadOnlyList<string>? Actions = null);

/// <summary>The role of the metadata service; null for none.</summary>
internal sealed record MetadataChoice(string? Role = null);

/// <summary>A tag of the account.</summary>
internal sealed record AccountTag(string Key, string Value);

/// <summary>Use of today's quotas.</summary>
internal sealed record DailyUse(int Purchases, int SingleIspPurchases = 0, int OrdinaryIps = 0);

/// <summary>Who may do what; without secrets.</summary>
internal sealed record AccessView(IReadOnlyList<KeyView> Keys, IReadOnlyList<NewRole> Roles, string? MetadataRole);

/// <summary>A key pair without its secret.</summary>
internal sealed record KeyView(string SecretId, IReadOnlyList<string> Allow, IReadOnlyList<string> Deny, string? RoleName, DateTimeOffset? ExpiresAt);

/// <summary>What a device plugin offers of eip; null for no such plugin.</summary>
internal sealed record DevicePlugin(int? Eips = null);

/// <summary>A refusal.</summary>
internal sealed record ControlError(string Code, string Message);
