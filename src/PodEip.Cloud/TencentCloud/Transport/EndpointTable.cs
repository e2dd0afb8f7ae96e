namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>The URL of each service: public hosts, hosts inside the cloud's network, or one URL for all.</summary>
internal sealed class EndpointTable(Uri? custom, bool useInternal)
{
    /// <summary>Where the service answers.</summary>
    public Uri For(CloudService service) =>
        custom ?? new Uri(useInternal ? $"https://{service.Name}.internal.tencentcloudapi.com/" : $"https://{service.Name}.tencentcloudapi.com/");
}
