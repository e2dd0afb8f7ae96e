using PodEip.Cloud.TencentCloud;
using PodEip.Cloud.TencentCloud.Credentials;

using Xunit;

namespace PodEip.Cloud.Tests.Adapter;

public sealed class TencentCloudOptionsTests
{
    private static readonly TencentCloudOptions Good = new() { Region = "ap-guangzhou" };

    public static TheoryData<string, string> Bad => new()
    {
        { "Region", "Guangzhou" },
        { "Endpoint", "http://127.0.0.1:1/path" },
        { "Endpoint", "ftp://127.0.0.1" },
        { "UseInternalEndpoints", "True" },
        { "CallTimeout", "00:00:00" },
        { "ConnectTimeout", "1.00:00:00" },
        { "MaxAnswerBytes", "1" },
        { "Language", "fr" },
        { "MetadataEndpoint", "http://metadata/x" },
        { "InstanceRoleName", "a/b" },
        { "AssumeRoleArn", "role" },
        { "RoleSessionName", "x" },
        { "RoleDuration", "13:00:00" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_option_is_refused_by_name_with_its_value_and_what_is_allowed(string option, string value)
    {
        var e = Assert.Throws<ArgumentException>(() => With(option, value).Validate());
        Assert.Contains($"{option} is \"{value}\"; allowed: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_a_url_is_refused_and_not_shown()
    {
        var e = Assert.Throws<ArgumentException>(() => (Good with { Endpoint = new Uri("http://user:pass@127.0.0.1/") }).Validate());
        Assert.Contains("http://…@127.0.0.1/", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_good() => Good.Validate();

    [Theory]
    [InlineData("ap-shanghai-fsi")]
    [InlineData("na-siliconvalley")]
    public void Regions_of_several_words_are_good(string region) => (Good with { Region = region }).Validate();

    private static TencentCloudOptions With(string option, string value) => option switch
    {
        "Region" => Good with { Region = value },
        "Endpoint" => Good with { Endpoint = new Uri(value) },
        "UseInternalEndpoints" => Good with { UseInternalEndpoints = true, Endpoint = new Uri("http://127.0.0.1:1") },
        "CallTimeout" => Good with { CallTimeout = TimeSpan.Parse(value) },
        "ConnectTimeout" => Good with { ConnectTimeout = TimeSpan.Parse(value) },
        "MaxAnswerBytes" => Good with { MaxAnswerBytes = int.Parse(value) },
        "Language" => Good with { Language = value },
        "MetadataEndpoint" => Good with { Credentials = new CredentialOptions { MetadataEndpoint = new Uri(value) } },
        "InstanceRoleName" => Good with { Credentials = new CredentialOptions { InstanceRoleName = value } },
        "AssumeRoleArn" => Good with { Credentials = new CredentialOptions { AssumeRoleArn = value } },
        "RoleSessionName" => Good with { Credentials = new CredentialOptions { RoleSessionName = value } },
        "RoleDuration" => Good with { Credentials = new CredentialOptions { RoleDuration = TimeSpan.Parse(value) } },
        _ => throw new ArgumentOutOfRangeException(nameof(option)),
    };
}
