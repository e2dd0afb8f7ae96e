using System.Globalization;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Http;

/// <summary>From the model's records to the wire's.</summary>
internal static class WireMapping
{
    public static WireAddress ToWire(this ElasticAddress a) => new()
    {
        AddressId = a.Id,
        AddressName = a.Name,
        AddressStatus = a.Status.Text(),
        AddressIp = a.PublicIp,
        InstanceId = a.InstanceId,
        CreatedTime = Iso(a.CreatedAt),
        NetworkInterfaceId = a.EniId,
        PrivateAddressIp = a.PrivateIp,
        IsArrears = a.IsArrears,
        IsBlocked = a.IsBlocked,
        IsEipDirectConnection = a.IsDirectConnection,
        AddressType = a.Type,
        CascadeRelease = a.CascadeRelease,
        InternetServiceProvider = a.Isp,
        Bandwidth = a.Bandwidth,
        InternetChargeType = a.ChargeType,
        TagSet = Tags(a.Tags),
        InstanceType = a.InstanceType,
        Egress = a.Egress,
        BandwidthPackageId = a.BandwidthPackageId,
    };

    public static WireEni ToWire(this EniView view, CloudSettings settings)
    {
        var e = view.Eni;
        return new WireEni
        {
            NetworkInterfaceId = e.Id,
            NetworkInterfaceName = e.Name,
            NetworkInterfaceDescription = e.Description,
            SubnetId = e.SubnetId,
            VpcId = e.VpcId,
            GroupSet = e.SecurityGroups,
            Primary = e.IsPrimary,
            MacAddress = e.Mac,
            State = (e.State == EniState.InUse ? EniState.Available : e.State).Text(),
            NetworkInterfaceState = e.State.Text(),
            PrivateIpAddressSet = [.. view.Ips.Select(ToWire)],
            Attachment = e.InstanceId is null ? null : new WireAttachment(e.DeviceIndex, settings.Uin, e.AttachedAt is { } at ? Local(at, settings) : null, e.InstanceId),
            Zone = e.Zone,
            CreatedTime = Local(e.CreatedAt, settings),
            TagSet = Tags(e.Tags),
            EniType = e.IsPrimary ? 1 : 0,
            Business = e.InstanceId is null ? null : "cvm",
        };
    }

    public static WireInstance ToWire(this CvmView view)
    {
        var c = view.Cvm;
        return new WireInstance
        {
            Placement = new WirePlacement(c.Zone, 0),
            InstanceId = c.Id,
            InstanceType = c.InstanceType,
            CPU = c.Cpu,
            Memory = c.Memory,
            InstanceName = c.Name,
            PrivateIpAddresses = view.PrivateIps,
            PublicIpAddresses = view.PublicIps.Count == 0 ? null : view.PublicIps,
            VirtualPrivateCloud = new WireVirtualPrivateCloud(c.VpcId, c.SubnetId, false),
            CreatedTime = Iso(c.CreatedAt),
            SecurityGroupIds = c.SecurityGroups,
            InstanceState = c.State,
            Tags = Tags(c.Tags),
            StopChargingMode = c.StopChargingMode,
            CamRoleName = c.CamRoleName,
        };
    }

    public static WireAssumedRole ToWire(this AssumeRoleAnswer answer) =>
        new(new WireCredentials(answer.Token, answer.SecretId, answer.SecretKey), answer.ExpiresAt.ToUnixTimeSeconds(), Iso(answer.ExpiresAt));

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static WirePrivateIp ToWire(EniIpView view) => new(
        view.Ip.Ip,
        view.Ip.IsPrimary,
        view.Address?.PublicIp ?? "",
        view.Address is { IsOrdinary: false } a ? a.Id : "",
        "",
        view.Address?.IsBlocked ?? false,
        view.Ip.State.Text(),
        "DEFAULT");

    internal static List<WireTag> Tags(IReadOnlyDictionary<string, string> tags) => [.. tags.Select(t => new WireTag(t.Key, t.Value))];

    internal static string Local(DateTimeOffset time, CloudSettings settings) => time.ToOffset(settings.DayOffset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
