using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>Carries one request to the cloud and its answer back: over HTTP, or in tests straight into a model of the cloud.</summary>
internal interface ICloudCaller
{
    /// <summary>One call.</summary>
    /// <exception cref="CloudException">It failed.</exception>
    Task<TResponse> CallAsync<TRequest, TResponse>(CloudAction<TRequest, TResponse> action, TRequest request, CancellationToken cancellationToken)
        where TResponse : CloudResponse;
}
