using PodEip.Cloud.TencentCloud;

namespace PodEip.Cloud.Tests.Stub;

/// <summary>The adapter in front of a stub.</summary>
internal sealed class AdapterUnderTest : IAsyncDisposable
{
    private AdapterUnderTest(CloudStub stub, TencentElasticIpCloud cloud, RecordingLogger log, RecordingObserver observer)
    {
        Stub = stub;
        Cloud = cloud;
        Log = log;
        Observer = observer;
    }

    public CloudStub Stub { get; }

    public TencentElasticIpCloud Cloud { get; }

    public RecordingLogger Log { get; }

    public RecordingObserver Observer { get; }

    public static async Task<AdapterUnderTest> StartAsync(Func<TencentCloudOptions, TencentCloudOptions>? change = null, TimeProvider? time = null)
    {
        var stub = await CloudStub.StartAsync();
        var log = new RecordingLogger();
        var observer = new RecordingObserver();
        var options = new TencentCloudOptions
        {
            Region = "ap-guangzhou",
            Endpoint = stub.Url,
            // Loopback answers at once; the limit is there for a machine that is busy otherwise.
            CallTimeout = TimeSpan.FromSeconds(60),
            CredentialSource = new FixedCredentials(FixedCredentials.Lasting),
            Observer = observer,
        };
        return new AdapterUnderTest(stub, TencentElasticIpCloud.Create(change?.Invoke(options) ?? options, time ?? TimeProvider.System, log.Factory()), log, observer);
    }

    public async ValueTask DisposeAsync()
    {
        Cloud.Dispose();
        await Stub.DisposeAsync();
    }
}
