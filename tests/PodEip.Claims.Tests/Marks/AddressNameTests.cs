using CsCheck;
using PodEip.Api;
using PodEip.Claims.Marks;
using PodEip.Claims.Tests.Vocabulary;

namespace PodEip.Claims.Tests.Marks;

/// <summary>Design §3: what names and tags say.</summary>
public sealed class AddressNameTests
{
    [Fact]
    public void Every_name_stays_within_20_characters_that_the_cloud_allows()
    {
        Gen.Select(Gen.Byte.Array[5], Gen.String, Gen.String).Sample((random, space, name) =>
        {
            string[] names =
            [
                AddressName.OfPurchase(AddressName.BatchId(random), Given.Attributes.Hash),
                AddressName.OfFixed(new ClaimKey(space, name)),
                AddressName.OfFreed(Given.Attributes.Hash),
            ];
            return names.All(text => text.Length <= 20 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        });
    }

    [Fact]
    public void A_purchases_name_is_read_back()
    {
        Assert.True(AddressName.TryReadPurchase(AddressName.OfPurchase("abcdefgh", "k2m4p6"), out var batch, out var hash));
        Assert.Equal(("abcdefgh", "k2m4p6"), (batch, hash));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pe1-")]
    [InlineData("pe1-abcdefgh")]
    [InlineData("pe1-abcdefgh-")]
    [InlineData("pe2-abcdefgh-k2m4p6")]
    [InlineData("theirs")]
    public void Another_name_is_no_purchase(string? name) => Assert.False(AddressName.TryReadPurchase(name, out _, out _));

    [Fact]
    public void Fixed_names_tell_claims_apart_and_never_change()
    {
        Assert.Equal("pf1-vuhuyjrpza4dvm", AddressName.OfFixed(Given.Key));
        Assert.NotEqual(AddressName.OfFixed(Given.Key), AddressName.OfFixed(Given.OtherKey));
        Assert.NotEqual(AddressName.OfFixed(new ClaimKey("a", "b-c")), AddressName.OfFixed(new ClaimKey("a-b", "c")));
    }

    [Fact]
    public void The_three_kinds_are_told_apart()
    {
        Assert.True(AddressName.IsFixed(Given.FixedName));
        Assert.True(AddressName.IsFreed(AddressName.OfFreed("k2m4p6")));
        Assert.False(AddressName.IsFixed(AddressName.OfFreed("k2m4p6")) || AddressName.IsFixed(null) || AddressName.IsFreed(null) || AddressName.IsFreed(Given.FixedName));
    }

    [Fact]
    public void Two_clusters_given_the_same_id_stay_apart()
    {
        var ours = new ClusterMark("cls-a", "uid-1");
        Assert.True(ours.IsOn(ours.Tags));
        Assert.False(ours.IsOn(new ClusterMark("cls-a", "uid-2").Tags));
        Assert.False(ours.IsOn(new Dictionary<string, string>()));
    }

    [Theory]
    [InlineData("podeip-cluster", true)]
    [InlineData("tke-clusterId", true)]
    [InlineData("tke-created-eip", true)]
    [InlineData("team", false)]
    public void S6_what_some_controller_bought_is_known_by_its_tag(string key, bool managed) =>
        Assert.Equal(managed, ClusterMark.IsManaged(new Dictionary<string, string> { [key] = "any" }));
}
