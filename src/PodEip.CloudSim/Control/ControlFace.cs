using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Control;

/// <summary>The control interface: JSON over HTTP, documented in <c>docs/simulator.md</c>.</summary>
internal sealed partial class ControlFace(CloudGate gate, SimulatedClock clock)
{
    private static readonly ControlJson Json = ControlJson.Default;

    private CloudModel Model => gate.Model;

    public void Map(WebApplication app)
    {
        Route(app, "GET", "/healthz", _ => Task.CompletedTask);
        MapNetwork(app);
        MapRoutes(app);
        MapAddresses(app);
        MapAccess(app);
        MapTrouble(app);
        MapMachines(app);
        MapFabric(app);
        app.MapFallback(http => WriteErrorAsync(http, StatusCodes.Status404NotFound, "NotFound", $"There is no {http.Request.Method} {http.Request.Path}."));
    }

    private void MapTrouble(WebApplication app)
    {
        Route(app, "GET", "/faults", http => WriteAsync(http, gate.Faults.All, Json.IReadOnlyListFault));
        Route(app, "POST", "/faults", async http => await WriteAsync(http, gate.Faults.Inject(await ReadAsync(http, Json.Fault)), Json.Fault));
        Route(app, "DELETE", "/faults", _ => Do(gate.Faults.Clear));
        Route(app, "DELETE", "/faults/{id}", http => gate.Faults.Clear(Id(http)) ? Task.CompletedTask : throw new CloudFault("ResourceNotFound", $"There is no fault `{Id(http)}`."));
        Route(app, "GET", "/calls", http => WriteAsync(http, ReadCalls(http.Request.Query), Json.IReadOnlyListCallRecord));
        Route(app, "DELETE", "/calls", _ => Do(gate.Calls.Clear));
        Route(app, "GET", "/counters", http => WriteAsync(http, gate.Calls.Counters, Json.IReadOnlyListActionCounters));
        Route(app, "GET", "/clock", WriteClockAsync);
        Route(app, "POST", "/clock/advance", async http =>
        {
            var seconds = (await ReadAsync(http, Json.ClockAdvance)).Seconds;
            if (seconds is not (>= 0 and <= 1e9))
            {
                throw new CloudFault("InvalidParameterValue", $"seconds is {seconds}; it must lie between 0 and 1000000000.");
            }

            clock.Advance(TimeSpan.FromSeconds(seconds));
            await WriteClockAsync(http);
        });
        Route(app, "GET", "/settings", http => WriteAsync(http, Model.Settings, Json.CloudSettings));
        Route(app, "PATCH", "/settings", async http =>
        {
            Model.Settings = await MergeAsync(http, Model.Settings, Json.CloudSettings);
            await WriteAsync(http, Model.Settings, Json.CloudSettings);
        });
        Route(app, "GET", "/gate", http => WriteAsync(http, gate.Settings, Json.GateSettings));
        Route(app, "PATCH", "/gate", async http =>
        {
            gate.Settings = await MergeAsync(http, gate.Settings, Json.GateSettings);
            await WriteAsync(http, gate.Settings, Json.GateSettings);
        });
        Route(app, "POST", "/daily", async http =>
        {
            var use = await ReadAsync(http, Json.DailyUse);
            Model.SetDailyCounts(use.Purchases, use.SingleIspPurchases, use.OrdinaryIps);
        });
    }

    private Task WriteClockAsync(HttpContext http) => WriteAsync(http, new ClockView(Model.Now, clock.Offset.TotalSeconds, Model.NextTransition), Json.ClockView);

    private IReadOnlyList<CallRecord> ReadCalls(IQueryCollection query)
    {
        var calls = gate.Calls.Read(
            query.TryGetValue("action", out var action) ? action.ToString() : null,
            query.TryGetValue("after", out var after) && long.TryParse(after, out var sequence) ? sequence : 0,
            query.TryGetValue("code", out var code) ? code.ToString() : null);
        return query.TryGetValue("limit", out var limit) && int.TryParse(limit, out var most) && most >= 0 && most < calls.Count ? [.. calls.Take(most)] : calls;
    }

    private static void Route(WebApplication app, string method, string pattern, Func<HttpContext, Task> handle) => app.MapMethods(
        pattern,
        [method],
        async http =>
        {
            try
            {
                await handle(http);
            }
            catch (CloudFault fault)
            {
                var missing = fault.Code.EndsWith("NotFound", StringComparison.Ordinal);
                await WriteErrorAsync(http, missing ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, fault.Code, fault.CloudMessage);
            }
            catch (Exception e) when (e is JsonException or ArgumentException)
            {
                await WriteErrorAsync(http, StatusCodes.Status400BadRequest, "InvalidParameter", e.Message);
            }
        });

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class =>
        await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted) ?? throw new JsonException("The body is null.");

    /// <summary>The present value with the fields of the body laid over it.</summary>
    private static async Task<T> MergeAsync<T>(HttpContext http, T present, JsonTypeInfo<T> type)
        where T : class
    {
        var merged = JsonSerializer.SerializeToNode(present, type)!.AsObject();
        var body = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        foreach (var (name, value) in body as JsonObject ?? throw new JsonException("The body must be a JSON object."))
        {
            merged[name] = value?.DeepClone();
        }

        return merged.Deserialize(type)!;
    }

    private static Task WriteAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, value, type, http.RequestAborted);
    }

    private static Task WriteErrorAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        return WriteAsync(http, new ControlError(code, message), Json.ControlError);
    }
}
