using System.Text.Json.Serialization.Metadata;

using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>An action of the cloud: its name, its service, and how its request and answer are written.</summary>
internal sealed record CloudAction<TRequest, TResponse>(
    CloudService Service, string Name, JsonTypeInfo<TRequest> Request, JsonTypeInfo<Envelope<TResponse>> Response)
    where TResponse : CloudResponse;
