using System.Diagnostics;
using System.Text.Json;

using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>Opens the envelope of an answer.</summary>
internal static class CloudAnswer
{
    /// <summary>The cloud's code for a timestamp too far from its own clock.</summary>
    public const string SignatureExpire = "AuthFailure.SignatureExpire";

    private const int MaxMessage = 1024;

    /// <summary>The answer.</summary>
    /// <param name="action">What was asked.</param>
    /// <param name="body">The answer's bytes.</param>
    /// <param name="credentials">Never shown.</param>
    /// <param name="clock">How the clocks differ, said where the cloud refuses for it; null when unknown.</param>
    /// <exception cref="CloudException">It tells of an error, or cannot be understood.</exception>
    public static TResponse Read<TRequest, TResponse>(CloudAction<TRequest, TResponse> action, ReadOnlySpan<byte> body, CloudCredentials? credentials, string? clock)
        where TResponse : CloudResponse
    {
        TResponse? response;
        try
        {
            response = JsonSerializer.Deserialize(body, action.Response)?.Response;
        }
        catch (JsonException e)
        {
            throw Bad(action.Name, $"the answer is not the JSON expected: {CloudText.Clean(e.Message, 200)}", null);
        }

        if (response is null)
            throw Bad(action.Name, "the answer has no Response", null);

        var requestId = string.IsNullOrEmpty(response.RequestId) ? null : CloudText.Clean(response.RequestId, 64);
        // Whoever traces this call can ask the cloud about it.
        Activity.Current?.SetTag("tencentcloud.request_id", requestId);
        if (response.Error is not { } error)
            return response;
        if (string.IsNullOrEmpty(error.Code))
            throw Bad(action.Name, "the answer has an Error without Code", requestId);

        var code = CloudText.Clean(error.Code, 128);
        var message = Blank(CloudText.Clean(error.Message, MaxMessage), credentials);
        if (code == SignatureExpire && clock is not null)
            message = $"{message} ({clock}: set the clock)";
        throw new CloudException(ErrorTable.Classify(action.Name, code), action.Name, code, message, requestId);
    }

    /// <summary>A good answer that lacks what it must have.</summary>
    public static CloudException Bad(string action, string what, string? requestId) =>
        new(CloudErrorClass.Unclear, action, TransportCode.BadAnswer, what, requestId);

    /// <summary>Whatever the cloud echoes, no secret of ours goes on.</summary>
    private static string Blank(string message, CloudCredentials? credentials)
    {
        if (credentials is null)
            return message;
        message = message.Replace(credentials.SecretKey, "…", StringComparison.Ordinal);
        return string.IsNullOrEmpty(credentials.Token) ? message : message.Replace(credentials.Token, "…", StringComparison.Ordinal);
    }
}
