using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using PodEip.Api;
using PodEip.Kubernetes.Api;

namespace PodEip.Controller.Console;

/// <summary>
/// Who may look at the console: whoever the API server knows by their token (TokenReview), and lets list claims there
/// (SubjectAccessReview). Answers about people it knows hold for a while; a token itself is neither kept nor logged.
/// </summary>
/// <param name="api">The API server, with the rights of <see cref="Cluster.RequiredRights.Console"/>.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ConsoleAccess(KubeApi api, TimeProvider time, ILogger logger)
{
    /// <summary>Longest token, in characters: the longest that a header has room for is about that long.</summary>
    public const int LongestToken = 16 * 1024;

    /// <summary>How long an answer holds: a right that is withdrawn is gone by then.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(30);

    /// <summary>Answers kept at most.</summary>
    public const int MostKept = 256;

    private static readonly string Reviews = ResourcePath.Group("authentication.k8s.io", "v1", "tokenreviews");
    private static readonly string Questions = ResourcePath.Group("authorization.k8s.io", "v1", "subjectaccessreviews");

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (ConsoleVerdict Verdict, DateTimeOffset Until)> _kept = new(StringComparer.Ordinal);

    /// <summary>Answers kept now.</summary>
    public int Kept
    {
        get
        {
            lock (_gate)
            {
                return _kept.Count;
            }
        }
    }

    /// <summary>Decides.</summary>
    /// <param name="token">The token; null for none.</param>
    /// <param name="ns">The namespace that is asked about; null for all of them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ConsoleVerdict> DecideAsync(string? token, string? ns, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(token))
        {
            return new ConsoleVerdict(401, null, "Sign in with a token of this cluster: Authorization: Bearer TOKEN.");
        }

        if (token.Length > LongestToken || token.Any(c => c is <= ' ' or > '~'))
        {
            return new ConsoleVerdict(401, null, "This is no token.");
        }

        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{ns}\n{token}")));
        if (Find(key) is { } known)
        {
            return known;
        }

        try
        {
            var verdict = await AskAsync(token, ns, cancellationToken);
            // Strangers are not kept: they could push out those who are known.
            if (verdict.Code is 200 or 403)
            {
                Keep(key, verdict);
            }

            return verdict;
        }
        catch (KubeApiException e)
        {
            LogUnanswered(e.Message);
            return new ConsoleVerdict(503, null, e.IsForbidden
                ? "The controller has no right to ask the API server who you are: its operator has to apply deploy/components/console/rbac.yaml."
                : "The API server does not tell who you are just now. Try again.");
        }
    }

    private async Task<ConsoleVerdict> AskAsync(string token, string? ns, CancellationToken cancellationToken)
    {
        var review = await api.CreateAsync(Reviews, new TokenReview(new TokenReviewSpec { Token = token }), ReviewJson.Default.TokenReview, cancellationToken);
        // Error and user both: an authenticator may fail after another one has said yes.
        if (review.Status is not { Authenticated: true, User: { Username: { Length: > 0 } name } user })
        {
            return new ConsoleVerdict(401, null, "The API server does not know this token: it may have expired. kubectl create token ACCOUNT -n NAMESPACE makes a new one.");
        }

        var asked = new AskedResource(ns ?? "", "list", PodEipNames.Group, PodEipNames.Plural);
        var answer = await api.CreateAsync(
            Questions, new SubjectAccessReview(new SubjectAccessReviewSpec(name, user.Uid, user.Groups, user.Extra, asked)), ReviewJson.Default.SubjectAccessReview, cancellationToken);
        if (answer.Status is { Allowed: true })
        {
            return new ConsoleVerdict(200, name, "");
        }

        LogRefused(name, ns ?? "all namespaces");
        return new ConsoleVerdict(403, name, ns is null
            ? $"{name} may not list {PodEipNames.Plural}.{PodEipNames.Group} in all namespaces. If you may in one, name it."
            : $"{name} may not list {PodEipNames.Plural}.{PodEipNames.Group} in namespace {ns}.");
    }

    private ConsoleVerdict? Find(string key)
    {
        lock (_gate)
        {
            return _kept.TryGetValue(key, out var found) && found.Until > time.GetUtcNow() ? found.Verdict : null;
        }
    }

    private void Keep(string key, ConsoleVerdict verdict)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_kept.Count >= MostKept)
            {
                foreach (var old in _kept.Where(k => k.Value.Until <= now).Select(k => k.Key).ToList())
                {
                    _kept.Remove(old);
                }
            }

            if (_kept.Count >= MostKept)
            {
                _kept.Remove(_kept.MinBy(k => k.Value.Until).Key);
            }

            _kept[key] = (verdict, now + Holds);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The console is refused to {User}, who may not list claims in {Where}")]
    private partial void LogRefused(string user, string where);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The console can't ask who somebody is: {Reason}")]
    private partial void LogUnanswered(string reason);
}
