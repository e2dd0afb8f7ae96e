using System.Text;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Access;
using PodEip.CloudSim.Model.Calls;
using static PodEip.CloudSim.Tests.TestCloud;

namespace PodEip.CloudSim.Tests.Model;

public sealed class TagAndRoleTests
{
    private readonly TestCloud _cloud = new();

    [Fact]
    public void Tags_are_set_replaced_removed_and_failures_named()
    {
        var id = _cloud.Buy();
        var answer = _cloud.Model.TagResources(new TagResourcesCall([Name(id), Name("eip-0")], [new("a", "1"), new("b", "2")]));
        Assert.Equal((Name("eip-0"), "ResourceNotFound"), (Assert.Single(answer.Failed).Resource, answer.Failed[0].Code));

        _cloud.Model.TagResources(new TagResourcesCall([Name(id)], [new("a", "3")]));
        _cloud.Model.UnTagResources(new UnTagResourcesCall([Name(id)], ["b", "none"]));

        Assert.Equal([new("a", "3")], _cloud.Model.FindAddress(id)!.Tags);
        Assert.Single(_cloud.List(CloudFilter.Of("tag:a", "3")).Addresses);
        Assert.Empty(_cloud.List(CloudFilter.Of("tag:a", "1")).Addresses);
    }

    [Fact]
    public void Injected_failures_hit_the_first_resources_only()
    {
        var ids = _cloud.BuyMany(2);

        var answer = _cloud.Model.TagResources(new TagResourcesCall([.. ids.Select(Name)], [new("k", "v")]), new CallContext { FailedTagResources = 1 });

        Assert.Equal("FailedOperation.ResourceTagProcessing", Assert.Single(answer.Failed).Code);
        Assert.Equal([false, true], ids.Select(i => _cloud.Model.FindAddress(i)!.Tags.ContainsKey("k")));
    }

    [Fact]
    public void Tag_values_outlive_their_address()
    {
        _cloud.Release(_cloud.Buy(c => c with { Tags = [new("k", "v")] }));
        _cloud.Wait();
        _cloud.Model.Settings = _cloud.Model.Settings with { UnknownTags = UnknownTags.Refuse };

        Assert.Contains(new("k", "v"), _cloud.Model.AccountTags);
        _cloud.Buy(c => c with { Tags = [new("k", "v")] });
        Assert.Equal("InvalidParameterValue.TagNotExisted", CodeOf(() => _cloud.Buy(c => c with { Tags = [new("k", "w")] })));
    }

    [Fact]
    public void Fifty_tags_fit_on_a_resource()
    {
        var id = _cloud.Buy();
        for (var call = 0; call < 5; call++)
        {
            Assert.Empty(_cloud.Model.TagResources(new TagResourcesCall([Name(id)], [.. Enumerable.Range(call * 10, 10).Select(i => KeyValuePair.Create($"k{i}", "v"))])).Failed);
        }

        Assert.Equal("LimitExceeded.ResourceAttachedTags", _cloud.Model.TagResources(new TagResourcesCall([Name(id)], [new("one-more", "v")])).Failed[0].Code);
    }

    [Fact]
    public void Resources_are_found_by_tags_across_kinds()
    {
        var (a, b) = (_cloud.Buy(c => c with { Tags = [new("k", "1"), new("x", "y")] }), _cloud.Buy(c => c with { Tags = [new("k", "2")] }));
        _cloud.Model.TagResources(new TagResourcesCall(["qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-1", "qcs::vpc:ap-guangzhou:uin/:eni/eni-1"], [new("k", "1")]));

        Assert.Equal([a, "eni-1", "ins-1"], Find(new TagFilter("k", ["1"])));
        Assert.Equal([a, b, "eni-1", "ins-1"], Find(new TagFilter("k", [])));
        Assert.Equal([a], Find(new TagFilter("k", ["1", "2"]), new TagFilter("x", ["y"])));
        var page = _cloud.Model.DescribeResourcesByTags(new DescribeResourcesByTagsCall { TagFilters = [new("k", [])], Offset = 2, Limit = 2, ResourceRegion = "ap-guangzhou" });
        Assert.Equal((4, 2), (page.TotalCount, page.Rows.Count));
        Assert.Equal(0, _cloud.Model.DescribeResourcesByTags(new DescribeResourcesByTagsCall { TagFilters = [new("k", [])], ResourceRegion = "ap-shanghai" }).TotalCount);
        Assert.Equal(2, _cloud.Model.DescribeResourcesByTags(new DescribeResourcesByTagsCall { TagFilters = [new("k", [])], ServiceType = "vpc", ResourcePrefix = "eip" }).TotalCount);
    }

    [Fact]
    public void An_assumed_role_may_do_what_the_role_may_until_it_expires()
    {
        _cloud.Model.Access.SetRole(new Role("ipamd", ["cvm:Describe*"]));

        var credential = _cloud.Model.AssumeRole(new AssumeRoleCall("qcs::cam::uin/100000000001:roleName/ipamd", "session", 60));

        Assert.Equal(_cloud.Clock.GetUtcNow().AddSeconds(60), credential.ExpiresAt);
        Assert.True(_cloud.Model.Access.Allows(credential.SecretId, "cvm:DescribeAddresses"));
        Assert.False(_cloud.Model.Access.Allows(credential.SecretId, "vpc:DescribeNetworkInterfaces"));
        _cloud.Model.Access.SetRole(new Role("ipamd", ["*"]) { Deny = ["cvm:Describe*"] });
        Assert.True(_cloud.Model.Access.Allows(credential.SecretId, "vpc:DescribeNetworkInterfaces"));
        Assert.False(_cloud.Model.Access.Allows(credential.SecretId, "cvm:DescribeAddresses"));
    }

    [Fact]
    public void A_web_identity_token_must_be_known_and_fresh()
    {
        _cloud.Model.Access.SetRole(new Role("any", ["*"]));
        _cloud.Model.Access.SetRole(new Role("listed", ["*"]) { WebIdentityTokens = ["good"] });
        string Jwt(long seconds) => "e30." + Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"exp":{{_cloud.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds}}}""")).TrimEnd('=') + ".sig";
        string? Assume(string role, string token)
        {
            try
            {
                return _cloud.Model.AssumeRoleWithWebIdentity(new AssumeRoleWithWebIdentityCall("tke", token, $"qcs::cam::uin/:roleName/{role}", "session")).Token;
            }
            catch (CloudFault fault)
            {
                return fault.Code;
            }
        }

        Assert.Equal(120, Assume("any", Jwt(60))!.Length);
        Assert.Equal("InvalidParameter.WebIdentityTokenError", Assume("any", Jwt(0)));
        Assert.Equal("InvalidParameter.WebIdentityTokenError", Assume("any", ""));
        Assert.Equal(120, Assume("listed", "good")!.Length);
        Assert.Equal("InvalidParameter.WebIdentityTokenError", Assume("listed", "other"));
    }

    private List<string> Find(params TagFilter[] filters) =>
        [.. _cloud.Model.DescribeResourcesByTags(new DescribeResourcesByTagsCall { TagFilters = filters }).Rows.Select(r => r.ResourceId)];

    private static string Name(string id) => $"qcs::vpc:ap-guangzhou:uin/:eip/{id}";
}
