using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PodEip.Controller.Telemetry;

/// <summary>Sends spans by OTLP, if the environment says where to: the variables are those of OpenTelemetry (<c>OTEL_EXPORTER_OTLP_…</c>, <c>OTEL_TRACES_SAMPLER</c>).</summary>
internal static class TraceExport
{
    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    /// <summary>Begins; null when no place is named. Disposing sends what is left.</summary>
    public static IDisposable? Start() => Array.TrueForAll(Endpoints, name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
        ? null
        : Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("podeip-controller"))
            .AddSource(PodTrace.SourceName)
            .AddOtlpExporter()
            .Build();
}
