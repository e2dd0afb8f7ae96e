using System.Net;
using System.Text.Json;

using PodEip.Cloud.TencentCloud.Transport;
using PodEip.Cloud.TencentCloud.Wire;

namespace PodEip.Cloud.TencentCloud.Credentials;

/// <summary>The role bound to this CVM, from the instance metadata service (latest/meta-data/cam/security-credentials/).</summary>
/// <param name="http">A client without proxy: the service answers only on the machine's own network.</param>
/// <param name="endpoint">The service.</param>
/// <param name="roleName">The role; null asks for its name each time, so that a role bound later is found.</param>
internal sealed class InstanceRoleCredentialSource(HttpClient http, Uri endpoint, string? roleName) : ICredentialSource
{
    private const int MaxBytes = 64 * 1024;

    public string Name => "CVM role";

    public async ValueTask<CloudCredentials> FetchAsync(CancellationToken cancellationToken)
    {
        var role = roleName ?? await ReadRoleNameAsync(cancellationToken).ConfigureAwait(false);
        var bytes = await ReadAsync(role, $"the metadata service knows no role \"{role}\" on this machine", cancellationToken).ConfigureAwait(false);

        InstanceRoleAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize(bytes.Span, WireJson.Default.InstanceRoleAnswer);
        }
        catch (JsonException)
        {
            // The cause is left out on purpose: a parser's words may quote what it read.
            throw Failed($"the metadata service's answer for role \"{role}\" is not JSON");
        }

        if (answer?.Code is not "Success")
            throw Failed($"the metadata service answered \"{CloudText.Clean(answer?.Code, 64)}\" for role \"{role}\"");
        if (string.IsNullOrEmpty(answer.TmpSecretId) || string.IsNullOrEmpty(answer.TmpSecretKey) || string.IsNullOrEmpty(answer.Token))
            throw Failed($"the metadata service's answer for role \"{role}\" lacks TmpSecretId, TmpSecretKey or Token");
        return new CloudCredentials(answer.TmpSecretId, answer.TmpSecretKey, answer.Token, CloudText.Expiry(answer.ExpiredTime, answer.Expiration));
    }

    private async Task<string> ReadRoleNameAsync(CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync("", "no role is bound to this CVM", cancellationToken).ConfigureAwait(false);
        var name = System.Text.Encoding.UTF8.GetString(bytes.Span).Split('\n', 2)[0].Trim();
        return CredentialOptions.RoleNamePattern().IsMatch(name)
            ? name
            : throw Failed($"the metadata service's role name \"{CloudText.Clean(name, 64)}\" is none");
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(string path, string notFound, CancellationToken cancellationToken)
    {
        var uri = new Uri(endpoint, "/latest/meta-data/cam/security-credentials/" + Uri.EscapeDataString(path));
        try
        {
            using var response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.NotFound)
                throw new CredentialsUnavailableException(Name, notFound, notConfigured: true);
            if (response.StatusCode is not HttpStatusCode.OK)
                throw Failed($"the metadata service at {endpoint.Authority} answered HTTP {(int)response.StatusCode}");
            return await BoundedBody.ReadAsync(response.Content, MaxBytes, cancellationToken).ConfigureAwait(false)
                ?? throw Failed($"the metadata service's answer is longer than {MaxBytes} bytes");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new CredentialsUnavailableException(Name, $"the metadata service at {endpoint.Authority} cannot be reached ({e.Message})", notConfigured: true, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CredentialsUnavailableException(Name, $"the metadata service at {endpoint.Authority} does not answer", notConfigured: true, e);
        }
    }

    private CredentialsUnavailableException Failed(string reason) => new(Name, reason);
}
