using System.Security.Cryptography;
using System.Text;

namespace PodEip.Claims.Marks;

/// <summary>
/// What stands in the description of routes this cluster added, since routes have no tags. Short, because how long a description may be is not
/// documented.
/// </summary>
public static class RouteMark
{
    /// <summary>The description.</summary>
    public static string Of(ClusterMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return "podeip " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mark.Value)))[..16];
    }
}
