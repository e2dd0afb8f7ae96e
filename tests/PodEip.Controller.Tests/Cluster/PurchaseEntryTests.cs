using PodEip.Api.Demands;
using PodEip.Claims.Stock;
using PodEip.Controller.Cluster;
using Xunit;

namespace PodEip.Controller.Tests.Cluster;

public sealed class PurchaseEntryTests
{
    private static readonly PurchaseIntent Intent = new(
        "abcd2345", 3, new AddressAttributes { BandwidthMbps = 5, InternetServiceProvider = "CMCC", InternetChargeType = "TRAFFIC_POSTPAID_BY_HOUR" }, new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));

    [Fact]
    public void A_purchase_is_stored_in_words_that_stay_the_same_over_releases() => Assert.Equal(
        $$"""{"count":3,"attributes":{"bandwidthMbps":5,"internetServiceProvider":"CMCC","internetChargeType":"TRAFFIC_POSTPAID_BY_HOUR"},"attributeHash":"{{Intent.Attributes.Hash}}","decidedAt":"2026-01-02T03:04:05.678+00:00"}""",
        PurchaseEntry.Write(Intent));

    [Fact]
    public void What_was_written_is_read_back()
    {
        var read = PurchaseEntry.Read(Intent.BatchId, PurchaseEntry.Write(Intent));
        Assert.True(read.IsValid, read.Error);
        Assert.Equal(Intent, read.Value);
        Assert.Equal(Intent.AddressName, read.Value!.AddressName);
    }

    [Theory]
    [InlineData("README", "{}", "key \"README\": want 8 characters of a-z2-7")]
    [InlineData("abcd2341", "{}", "key \"abcd2341\": want 8 characters of a-z2-7")]
    [InlineData("abcd2345", "", "entry abcd2345 is no JSON of a purchase")]
    [InlineData("abcd2345", null, "entry abcd2345 is no JSON of a purchase")]
    [InlineData("abcd2345", "null", "entry abcd2345: count is absent; want 1 to 10")]
    [InlineData("abcd2345", "[]", "entry abcd2345 is no JSON of a purchase")]
    [InlineData("abcd2345", """{"count":0}""", "entry abcd2345: count is 0; want 1 to 10")]
    [InlineData("abcd2345", """{"count":11}""", "entry abcd2345: count is 11; want 1 to 10")]
    [InlineData("abcd2345", """{"count":1,"decidedAt":"2026-01-02T03:04:05Z"}""", "entry abcd2345: attributes is absent")]
    [InlineData("abcd2345", """{"count":1,"attributes":{}}""", "entry abcd2345: decidedAt is absent")]
    [InlineData("abcd2345", """{"count":1,"attributes":{},"decidedAt":"2026-01-02T03:04:05Z","attributeHash":"zzzzzz"}""", "entry abcd2345: attributeHash is \"zzzzzz\", its attributes have ")]
    public void An_entry_that_cannot_be_read_is_named(string key, string? text, string message)
    {
        var read = PurchaseEntry.Read(key, text);
        Assert.False(read.IsValid);
        Assert.StartsWith(message, read.Error, StringComparison.Ordinal);
    }
}
