namespace PodEip.Cloud;

/// <summary>Hears of every call that went to the cloud; for metrics.</summary>
public interface ICloudCallObserver
{
    /// <summary>A call has ended. Called on the caller's path: be quick, and do not throw.</summary>
    void Completed(in CloudCall call);
}
