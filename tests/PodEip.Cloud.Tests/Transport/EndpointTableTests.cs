using PodEip.Cloud.TencentCloud.Transport;

using Xunit;

namespace PodEip.Cloud.Tests.Transport;

public sealed class EndpointTableTests
{
    [Fact]
    public void Each_service_has_a_public_and_an_internal_host()
    {
        Assert.Equal("https://vpc.tencentcloudapi.com/", new EndpointTable(null, false).For(CloudService.Vpc).ToString());
        Assert.Equal("https://sts.internal.tencentcloudapi.com/", new EndpointTable(null, true).For(CloudService.Sts).ToString());
    }

    [Fact]
    public void One_url_serves_all()
    {
        var one = new Uri("http://127.0.0.1:9000");
        Assert.All([CloudService.Vpc, CloudService.Cvm, CloudService.Tag, CloudService.Sts], service => Assert.Equal(one, new EndpointTable(one, false).For(service)));
    }
}
