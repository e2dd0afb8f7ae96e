using System.Security.Cryptography.X509Certificates;
using PodEip.Controller.Admission.Certificates;
using Xunit;

namespace PodEip.Controller.Tests.Admission;

/// <summary>Certificates through the years, in no time.</summary>
public sealed class CertificatePlanTests
{
    private static readonly string[] Names = ["podeip-webhook.podeip-system.svc", "podeip-webhook.podeip-system.svc.cluster.local"];
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CertificateState First => CertificatePlan.Next(null, Names, Start);

    [Fact]
    public void The_first_look_makes_all_and_the_next_changes_nothing()
    {
        var first = First;
        Assert.Same(first, CertificatePlan.Next(first, Names, Start));
        Assert.Same(first, CertificatePlan.Next(first, Names, Start.AddDays(55)));
        using var serving = first.Serving.Open();
        Assert.True(serving.MatchesHostname(Names[0]) && serving.MatchesHostname(Names[1]));
        Assert.Equal(Start.AddDays(90), serving.End());
    }

    [Fact]
    public void Every_certificate_that_any_replica_shows_is_trusted_by_every_bundle_that_an_API_server_may_have()
    {
        // Replicas and API servers are up to two looks behind.
        var states = new List<(DateTimeOffset At, CertificateState State)>();
        CertificateState? state = null;
        int renewals = 0, authorities = 0;
        var changed = Start;
        for (var now = Start; now < Start.AddDays(800); now += now - changed < TimeSpan.FromHours(4) ? TimeSpan.FromMinutes(20) : TimeSpan.FromDays(1))
        {
            var next = CertificatePlan.Next(state, Names, now);
            renewals += next.Serving != state?.Serving ? 1 : 0;
            authorities += next.Authority != state?.Authority ? 1 : 0;
            if (!ReferenceEquals(next, state))
            {
                changed = now;
                states.Add((now, next));
                Assert.True(next.Trusted.Count <= 2);
                foreach (var (_, other) in states.TakeLast(2))
                {
                    Assert.True(IsTrusted(next.Serving, other.Trusted, now), $"{now}: what is shown now is not trusted by what was");
                    Assert.True(IsTrusted(other.Serving, next.Trusted, now), $"{now}: what was shown is not trusted any more");
                }
            }

            state = next;
        }

        Assert.InRange(renewals, 800 / 60, (800 / 60) + 5);
        Assert.InRange(authorities, 4, 5);
        Assert.Single(state!.Trusted);
    }

    [Fact]
    public void An_authority_is_known_for_an_hour_before_it_signs_and_the_old_one_trusted_for_an_hour_after()
    {
        var first = First;
        var at = Start.AddDays(244);
        first = first with { Serving = CertificateMint.Serving(first.Authority, Names, at.AddDays(-1)) };
        var announced = CertificatePlan.Next(first, Names, at);
        Assert.Equal((2, first.Serving), (announced.Trusted.Count, announced.Serving));
        Assert.Same(announced, CertificatePlan.Next(announced, Names, at.AddMinutes(59)));
        var signed = CertificatePlan.Next(announced, Names, at.AddMinutes(61));
        Assert.NotEqual(announced.Serving, signed.Serving);
        Assert.Equal(announced.Trusted, signed.Trusted);
        Assert.Same(signed, CertificatePlan.Next(signed, Names, at.AddMinutes(119)));
        Assert.Equal([announced.Trusted[0]], CertificatePlan.Next(signed, Names, at.AddMinutes(122)).Trusted);
    }

    public static TheoryData<string> Damages => ["authority key", "authority", "serving", "serving key", "bundle", "names", "ended", "another's"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_is_broken_is_made_anew(string damage)
    {
        var (good, other) = (First, First);
        var broken = damage switch
        {
            "authority key" => good with { Authority = good.Authority with { Key = other.Authority.Key } },
            "authority" => good with { Authority = good.Authority with { Certificate = "x" } },
            "serving" => good with { Serving = good.Serving with { Certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" } },
            "serving key" => good with { Serving = good.Serving with { Key = "" } },
            "bundle" => good with { Trusted = [other.Authority.Certificate] },
            "names" => good with { Serving = CertificateMint.Serving(good.Authority, ["other.example.com"], Start) },
            "another's" => good with { Serving = other.Serving },
            _ => good,
        };
        var now = damage == "ended" ? Start.AddDays(400) : Start.AddMinutes(1);
        var healed = CertificatePlan.Next(broken, Names, now);
        Assert.NotSame(broken, healed);
        Assert.True(IsTrusted(healed.Serving, healed.Trusted, now));
        Assert.Same(healed, CertificatePlan.Next(healed, Names, now));
        Assert.Equal(damage is "serving" or "serving key" or "names" or "another's", healed.Authority == good.Authority);
    }

    [Fact]
    public void A_bundle_is_split_as_it_was_joined()
    {
        var state = First with { Trusted = [First.Trusted[0], First.Trusted[0]] };
        Assert.Equal(state.Trusted, CertificateState.Split(state.Bundle));
        Assert.Empty(CertificateState.Split("nothing"));
        Assert.DoesNotContain("BEGIN", $"{state} {state.Serving}", StringComparison.Ordinal);
    }

    private static bool IsTrusted(KeyPair serving, IReadOnlyList<string> trusted, DateTimeOffset now)
    {
        using var certificate = serving.Open();
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.LocalDateTime;
        foreach (var authority in trusted)
        {
            chain.ChainPolicy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(authority));
        }

        return chain.Build(certificate);
    }
}
