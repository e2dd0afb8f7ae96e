using Xunit;

namespace PodEip.Api.Tests;

public sealed class PodEipNamesTests
{
    [Fact]
    public void Default_names_are_those_of_the_users_document()
    {
        var names = new PodEipNames();

        Assert.Equal("tke.cloud.tencent.com/networks", names.Networks);
        Assert.Equal("tke.cloud.tencent.com/eip-attributes", names.EipAttributes);
        Assert.Equal("tke.cloud.tencent.com/eip-id-list", names.EipIdList);
        Assert.Equal("tke.cloud.tencent.com/eip-claim-delete-policy", names.DeletePolicy);
        Assert.Equal("tke.cloud.tencent.com/claim-expired-duration", names.ClaimExpiredDuration);
        Assert.Equal("tke.cloud.tencent.com/eip-public-ip", names.EipPublicIp);
        Assert.Equal("tke.cloud.tencent.com/eip", names.EipResource);
        Assert.Equal("tke.cloud.tencent.com/eni-ip", names.EniIpResource);
        Assert.Equal("tke.cloud.tencent.com/direct-eni", names.DirectEniResource);
    }

    [Theory]
    [InlineData("podeip.io/")]
    [InlineData("a/")]
    [InlineData("eip.example-1.com/")]
    public void Another_prefix_renames_annotations_and_resources(string prefix)
    {
        var names = new PodEipNames(prefix);

        Assert.Equal(prefix + "eip-attributes", names.EipAttributes);
        Assert.Equal(prefix + "eip", names.EipResource);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("podeip.io")]
    [InlineData("podeip.io//")]
    [InlineData("podeip.io/x/")]
    [InlineData("PodEip.io/")]
    [InlineData("-podeip.io/")]
    [InlineData("podeip-.io/")]
    [InlineData("podeip..io/")]
    [InlineData(".podeip.io/")]
    [InlineData("pod_eip.io/")]
    [InlineData("podeip.io/\n")]
    public void A_prefix_that_is_no_dns_subdomain_is_refused_with_the_form_that_is_allowed(string prefix)
    {
        var error = Assert.Throws<ArgumentException>(() => new PodEipNames(prefix));

        Assert.Contains("annotation prefix " + Quoted.Value(prefix), error.Message);
        Assert.Contains("DNS subdomain", error.Message);
    }

    [Fact]
    public void A_prefix_of_253_characters_is_the_longest()
    {
        var label = new string('a', 63);
        var longest = $"{label}.{label}.{label}.{new string('a', 61)}/";

        Assert.Equal(254, new PodEipNames(longest).Prefix.Length);
        Assert.Throws<ArgumentException>(() => new PodEipNames("a" + longest));
    }

    [Fact]
    public void A_key_reads_namespace_slash_name() => Assert.Equal("default/busybox-0", new ClaimKey("default", "busybox-0").ToString());
}
