using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Http;

/// <summary>The API as the cloud speaks it: one path, TC3-signed, errors with HTTP 200.</summary>
/// <param name="gate">What each call passes.</param>
/// <param name="closing">The simulator ends. A caller that hangs up is nothing to the cloud: what it asked for is done all the same.</param>
internal sealed class ApiFace(CloudGate gate, CancellationToken closing)
{
    private const int MaxPostBytes = 10 * 1024 * 1024;
    private const int MaxQueryBytes = 32 * 1024;

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 32 };
    private readonly RequestVerifier _verifier = new(gate.Model);

    public async Task HandleAsync(HttpContext http)
    {
        var requestId = gate.Model.NewRequestId();
        WireAnswer answer;
        try
        {
            var body = await ReadBodyAsync(http);
            answer = await AnswerAsync(http, body, requestId);
        }
        catch (CloudFault fault)
        {
            answer = new WireError(new WireErrorBody(fault.Code, fault.CloudMessage));
        }
        catch (AnswerDroppedException)
        {
            http.Abort();
            return;
        }

        answer.RequestId = requestId;
        http.Response.ContentType = "application/json";
        http.Response.Headers.Date = (gate.Model.Now + gate.Model.Settings.ClockSkew).ToString("R", CultureInfo.InvariantCulture);
        var bytes = WireJson.Envelope(answer);
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private async ValueTask<WireAnswer> AnswerAsync(HttpContext http, byte[] body, string requestId)
    {
        var request = http.Request;
        var action = FindAction(request);
        var secretId = action == CloudActions.AssumeRoleWithWebIdentity && request.Headers.Authorization == "SKIP" ? RequireNoToken(request) : Verify(request, body, action, requestId);
        RequireRegion(request, action);
        var call = new GateRequest(action, secretId, requestId);
        return await gate.PassAsync(
            call,
            context =>
            {
                var schema = ActionSchemas.ByAction[action.Name];
                var parameters = Parse(request, body, schema);
                call.Subject = ActionHandlers.SubjectOf(action.Name, parameters, schema);
                return ActionHandlers.ByAction[action.Name](gate.Model, parameters, context);
            },
            closing);
    }

    /// <summary>Who calls. A refusal is in the call log too: it cost a call.</summary>
    private string Verify(HttpRequest request, byte[] body, CloudAction action, string requestId)
    {
        try
        {
            return _verifier.Verify(request, body);
        }
        catch (CloudFault fault)
        {
            gate.OnUnverified(action, requestId, fault.Code);
            throw;
        }
    }

    private static string? RequireNoToken(HttpRequest request) => request.Headers.ContainsKey("X-TC-Token")
        ? throw new CloudFault("AuthFailure.TokenFailure", "An unsigned call carries no token.")
        : null;

    private static CloudAction FindAction(HttpRequest request)
    {
        var name = request.Headers["X-TC-Action"].ToString();
        if (name.Length == 0)
        {
            throw new CloudFault("MissingParameter", "The header X-TC-Action is missing.");
        }

        var action = CloudActions.ByName.GetValueOrDefault(name) ?? throw new CloudFault("InvalidAction", $"The action `{name}` does not exist, or is not simulated.");
        var version = request.Headers["X-TC-Version"].ToString();
        return version.Length == 0
            ? throw new CloudFault("MissingParameter", "The header X-TC-Version is missing.")
            : version == action.Version
                ? action
                : throw new CloudFault("NoSuchVersion", $"X-TC-Version is `{version}`; `{name}` belongs to {action.Version}.");
    }

    private void RequireRegion(HttpRequest request, CloudAction action)
    {
        var region = request.Headers["X-TC-Region"].ToString();
        if (action.NeedsRegion && region.Length == 0)
        {
            throw new CloudFault("MissingParameter", "The header X-TC-Region is missing.");
        }

        if (action.NeedsRegion && region != gate.Model.Settings.Region)
        {
            throw new CloudFault("UnsupportedRegion", $"X-TC-Region is `{region}`; this simulator serves {gate.Model.Settings.Region}.");
        }
    }

    private static Parameters Parse(HttpRequest request, byte[] body, ParameterSchema schema)
    {
        if (HttpMethods.IsGet(request.Method))
        {
            return Parameters.Check(QueryParameters.ToJson(request.Query, schema), schema);
        }

        try
        {
            using var document = JsonDocument.Parse(body, JsonOptions);
            return Parameters.Check(document.RootElement.Clone(), schema);
        }
        catch (JsonException e)
        {
            throw new CloudFault("InvalidParameter", $"The body is no JSON: {e.Message}");
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext http)
    {
        var request = http.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method))
        {
            throw new CloudFault("UnsupportedProtocol", $"The method {request.Method} is not supported; use POST or GET.");
        }

        if (request.QueryString.Value?.Length > MaxQueryBytes || request.ContentLength > MaxPostBytes)
        {
            throw new CloudFault("RequestSizeLimitExceeded", "The request is too large: at most 10 MB for POST, 32 KB for GET.");
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MaxPostBytes)
            {
                throw new CloudFault("RequestSizeLimitExceeded", "The request is too large: at most 10 MB for POST.");
            }
        }

        if (HttpMethods.IsPost(request.Method) && request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new CloudFault("UnsupportedProtocol", $"Content-Type is `{request.ContentType}`; use application/json.");
        }

        return buffer.ToArray();
    }
}
