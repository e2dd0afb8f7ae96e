using System.Text;
using PodEip.Scenes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.ClusterTests.Telemetry;

/// <summary>What the controller sends to a collector of traces.</summary>
[Collection(Stage.Alone)]
public sealed class TraceTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    [Fact]
    public async Task A_Pods_trace_has_its_UID_and_leads_to_the_clouds_request_id()
    {
        await using var receiver = await TraceReceiver.StartAsync(Ct);
        var (scene, space) = await OpenAsync("traced", SceneOptions.Troubled);
        await scene.Controller.KillAsync(Ct);
        try
        {
            scene.Controller.Start("podeip-controller", [new("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Endpoint), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), new("OTEL_BSP_SCHEDULE_DELAY", "200")]);
            await scene.CreateAsync(space, Pods.New("pod"), Ct);
            var bound = await scene.BoundAsync(space, "pod", Ct);
            var call = Assert.Single(scene.Calls.Read("AssociateAddress"));

            // Protobuf has ids as bytes and words as UTF-8.
            byte[][] wanted = [Convert.FromHexString(bound.Pod!.Metadata.Uid.Replace("-", "", StringComparison.Ordinal)), .. ((string[])["CreateClaim", "AssociateAddress", call.RequestId, space, "podeip-controller"]).Select(Encoding.UTF8.GetBytes)];
            await Eventually.BecomesTrueAsync(() => receiver.Received is var all && Array.TrueForAll(wanted, part => all.AsSpan().IndexOf(part) >= 0), description: "the trace to arrive", cancellation: Ct);
        }
        finally
        {
            await scene.Controller.KillAsync(Ct);
            scene.Controller.Start();
        }
    }
}
