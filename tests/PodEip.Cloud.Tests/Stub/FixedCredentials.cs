using PodEip.Cloud.TencentCloud.Credentials;

namespace PodEip.Cloud.Tests.Stub;

/// <summary>Gives what it was given, the last one for ever; null stands for a failure.</summary>
internal sealed class FixedCredentials(params CloudCredentials?[] given) : ICredentialSource
{
    private readonly Lock _lock = new();

    public static readonly CloudCredentials Lasting = new("id-lasting", "key-lasting");

    public string Name => "fixed";

    public int Fetches { get; private set; }

    /// <summary>Holds fetches back while set.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public async ValueTask<CloudCredentials> FetchAsync(CancellationToken cancellationToken)
    {
        CloudCredentials? next;
        lock (_lock)
        {
            next = given[Math.Min(Fetches, given.Length - 1)];
            Fetches++;
        }

        if (Gate is { } gate)
            await gate.Task.WaitAsync(cancellationToken);
        return next ?? throw new CredentialsUnavailableException(Name, "none today");
    }
}
