using Microsoft.AspNetCore.Http;

namespace PodEip.Kubernetes.Tests.Fakes;

/// <summary>Bodies as an API server writes them.</summary>
internal static class Answers
{
    public static Task JsonAsync(this HttpContext context, string body, int code = 200)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    public static Task StatusAsync(this HttpContext context, int code, string reason, string message = "as the test wants it")
        => context.JsonAsync($$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"{{reason}}","message":"{{message}}","code":{{code}}}""", code);

    public static string List(string version, params string[] items) => ListPage(version, next: "", items);

    public static string ListPage(string version, string next, params string[] items)
        => $$"""{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"{{version}}","continue":"{{next}}"},"items":[{{string.Join(',', items)}}]}""";

    public static string Object(string name, string version, string color = "")
        => $$$"""{"metadata":{"namespace":"ns","name":"{{{name}}}","uid":"uid-{{{name}}}","resourceVersion":"{{{version}}}","labels":{"color":"{{{color}}}" } }}""";

    public static string Line(string type, string body) => $$"""{"type":"{{type}}","object":{{body}}}""" + "\n";

    public static bool IsWatch(this HttpContext context) => context.Request.Query["watch"] == "true";

    /// <summary>Sends watch lines at once, so that the client has them before the next step of the test.</summary>
    public static async Task SendAsync(this HttpContext context, params string[] lines)
    {
        foreach (var line in lines)
        {
            await context.Response.WriteAsync(line, context.RequestAborted);
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Keeps the answer open until the client goes away.</summary>
    public static async Task HangAsync(this HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
    }
}
