using System.Net;
using PodEip.Agent.Masquerade;

namespace PodEip.Agent.Tests.Masquerade;

internal static class Addresses
{
    public static IpRange One(string ip) => IpRange.Of(IPAddress.Parse(ip), 32);

    public static IpRange One(uint ip) => new(IpFamily.V4, ip, ip);
}
