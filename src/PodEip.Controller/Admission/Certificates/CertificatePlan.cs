using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PodEip.Controller.Admission.Certificates;

/// <summary>
/// What the Secret should hold next. A pure function of what it holds, and of the time: replicas that look at once come to the same
/// kind of answer, and the one whose write is first wins. What can't be used is made anew.
/// </summary>
/// <remarks>
/// A new authority is first only trusted. After <see cref="CertificateTimes.Overlap"/> it signs a new serving certificate; after as long
/// again the old one is dropped. So a chain that any replica shows is trusted by every API server at all times.
/// </remarks>
internal static class CertificatePlan
{
    /// <param name="present">What there is; null for nothing.</param>
    /// <param name="names">DNS names that the serving certificate must have.</param>
    /// <param name="now">The time.</param>
    /// <returns>What there should be; the same object when nothing is to be changed.</returns>
    public static CertificateState Next(CertificateState? present, IReadOnlyList<string> names, DateTimeOffset now)
    {
        if (present is null || !IsAuthority(present, now, out var authorityAge))
        {
            var first = CertificateMint.Authority(now);
            return new CertificateState(first, CertificateMint.Serving(first, names, now), [first.Certificate]);
        }

        var state = present;
        if (authorityAge.MustRenew)
        {
            var next = CertificateMint.Authority(now);
            state = state with { Authority = next, Trusted = [next.Certificate, .. state.Trusted] };
            authorityAge = new Age(TimeSpan.Zero, MustRenew: false);
        }

        var serves = Serves(state, names, now);
        var isKnown = authorityAge.Since >= CertificateTimes.Overlap;
        if (serves is not { } serving || (isKnown && (serving.Age.MustRenew || serving.Signer != state.Trusted[0])))
        {
            // Without one that works there is nothing to lose by being early.
            return state with { Serving = CertificateMint.Serving(state.Authority, names, now) };
        }

        var dropOthers = serving.Signer == state.Trusted[0] && serving.Age.Since >= CertificateTimes.Overlap && state.Trusted.Count > 1;
        return dropOthers ? state with { Trusted = [state.Trusted[0]] } : state;
    }

    private static bool IsAuthority(CertificateState state, DateTimeOffset now, out Age age)
    {
        age = default;
        try
        {
            using var authority = state.Authority.Open();
            age = Of(authority, now);
            return state.Trusted is [var newest, ..] && newest == authority.ExportCertificatePem()
                && authority.Extensions.OfType<X509BasicConstraintsExtension>().Any(e => e.CertificateAuthority) && IsCurrent(authority, now);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // The Secret was edited, or cut off.
            return false;
        }
    }

    /// <summary>How the serving certificate stands; null when it can't serve.</summary>
    private static (Age Age, string Signer)? Serves(CertificateState state, IReadOnlyList<string> names, DateTimeOffset now)
    {
        try
        {
            using var serving = state.Serving.Open();
            return IsCurrent(serving, now) && names.All(name => serving.MatchesHostname(name)) && Signer(serving, state.Trusted, now) is { } signer
                && serving.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(e => e.EnhancedKeyUsages[CertificateMint.ServerAuthentication] is not null)
                ? (Of(serving, now), signer)
                : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // As above.
            return null;
        }
    }

    private static string? Signer(X509Certificate2 serving, IReadOnlyList<string> trusted, DateTimeOffset now)
    {
        foreach (var pem in trusted)
        {
            using var authority = X509Certificate2.CreateFromPem(pem);
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.VerificationTimeIgnored = false;
            chain.ChainPolicy.VerificationTime = now.LocalDateTime;
            if (chain.Build(serving))
            {
                return pem;
            }
        }

        return null;
    }

    private static bool IsCurrent(X509Certificate2 certificate, DateTimeOffset now) => now >= certificate.Begin() && now < certificate.End();

    private static Age Of(X509Certificate2 certificate, DateTimeOffset now) =>
        new(now - certificate.Begin() - CertificateTimes.Backdate, now >= CertificateTimes.RenewAt(certificate.Begin(), certificate.End()));

    private readonly record struct Age(TimeSpan Since, bool MustRenew);
}
