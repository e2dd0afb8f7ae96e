using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Storage;

namespace PodEip.CloudSim.Machines.Network;

/// <summary>IPs of Pods outside VPC-CNI, as an overlay or bridge would give them. Not thread-safe.</summary>
internal sealed class OffEniIps
{
    private readonly Stack<string> _free = [];
    private readonly HashSet<string> _used = [];
    private uint _next = 1;

    /// <exception cref="CloudFault">The range is used up, or is none.</exception>
    public string Take(string cidr)
    {
        if (!_free.TryPop(out var ip))
        {
            var range = Ipv4Range.Parse(cidr) ?? throw new CloudFault("InvalidParameterValue.Malformed", $"offEniCidr `{cidr}` is no IPv4 range.");
            do
            {
                ip = _next < range.Size - 1
                    ? Ipv4Range.ToText(range.First + _next++)
                    : throw new CloudFault("ResourceInsufficient", $"{cidr} has no free IP.");
            }
            while (_used.Contains(ip));
        }

        _used.Add(ip);
        return ip;
    }

    public void Adopt(string ip) => _used.Add(ip);

    public void Free(string ip)
    {
        if (_used.Remove(ip))
        {
            _free.Push(ip);
        }
    }
}
