using System.Collections.Concurrent;
using System.Text;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PodEip.Cloud.Tests.Stub;

/// <summary>An HTTP server on a free loopback port that answers as the test says, and remembers what it was asked.</summary>
public sealed class CloudStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();

    private CloudStub(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What came in, oldest first.</summary>
    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    /// <summary>Used when no prepared answer is left.</summary>
    public Func<HttpContext, Task> Otherwise { get; set; } = context => Envelope("""{"RequestId":"r-0"}""")(context);

    public static async Task<CloudStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new CloudStub(app);
        app.Run(stub.AnswerAsync);
        await app.StartAsync();
        stub.Url = new Uri(app.Services.GetService(typeof(Microsoft.AspNetCore.Hosting.Server.IServer)) is Microsoft.AspNetCore.Hosting.Server.IServer server
            ? server.Features.Get<IServerAddressesFeature>()!.Addresses.Single()
            : throw new InvalidOperationException("no server"));
        return stub;
    }

    /// <summary>Prepares the next answer.</summary>
    public CloudStub Then(Func<HttpContext, Task> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    /// <summary>Prepares a good answer or an error: the inside of <c>Response</c>.</summary>
    public CloudStub ThenResponse(string response) => Then(Envelope(response));

    public CloudStub ThenError(string code, string message = "no") =>
        ThenResponse($$"""{"Error":{"Code":"{{code}}","Message":"{{message}}"},"RequestId":"r-1"}""");

    public static Func<HttpContext, Task> Envelope(string response) => Text($$"""{"Response":{{response}}}""");

    public static Func<HttpContext, Task> Text(string body, int status = 200) => async context =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        Seen.Enqueue(new SeenRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));
        await (_answers.TryDequeue(out var answer) ? answer : Otherwise)(context);
    }
}
