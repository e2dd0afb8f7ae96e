namespace PodEip.CloudSim.Tests.Http;

/// <summary>A simulator over HTTP on free ports, without rate limits and nearly without delays, with one CVM.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    internal CloudSimHost Host { get; private set; } = null!;

    internal ApiClient Api { get; private set; } = null!;

    internal string EniId { get; private set; } = "";

    internal IReadOnlyList<string> Ips { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Host = await CloudSimHost.StartAsync(
            new CloudSimOptions { RateMultiplier = 0, Settings = TestCloud.Instant with { TotalQuota = 10_000, DailyQuota = 10_000 } },
            CancellationToken.None);
        Api = new ApiClient(Host);
        var subnet = Host.Model.Subnets[0].Id;
        var cvm = Host.Model.CreateCvm(subnet, 96, id: "ins-11112222");
        EniId = Host.Model.CreateEni(subnet, cvm.Id, id: "eni-11112222").Id;
        Ips = Host.Model.AssignPrivateIps(EniId, 20);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Host.DisposeAsync();
    }
}
