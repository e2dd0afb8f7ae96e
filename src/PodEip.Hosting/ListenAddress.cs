using System.Globalization;
using System.Net;
using PodEip.Api;

namespace PodEip.Hosting;

/// <summary>An IP and a port to listen on.</summary>
/// <param name="Ip">The interface; <see cref="IPAddress.IPv6Any"/> is every interface, IPv4 included.</param>
/// <param name="Port">The port; 0 lets the system choose.</param>
public sealed record ListenAddress(IPAddress Ip, int Port)
{
    private const string Allowed = "want IP:PORT such as 0.0.0.0:8080, [::1]:8080, or :8080 for every interface";

    /// <summary>Reads <c>IP:PORT</c> or <c>:PORT</c>.</summary>
    public static Parsed<ListenAddress> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        if (colon < 0
            || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return new Refusal($"{Quoted.Value(text)} has no port of 0 to 65535: {Allowed}");
        }

        var host = text.AsSpan(0, colon);
        if (host.IsEmpty)
        {
            return new ListenAddress(IPAddress.IPv6Any, port);
        }

        var isBracketed = host is ['[', .., ']'];
        return IPAddress.TryParse(isBracketed ? host[1..^1] : host, out var ip) && isBracketed == (ip.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6)
            ? new ListenAddress(ip, port)
            : new Refusal($"{Quoted.Value(text)} has no IP before the port: {Allowed}");
    }

    /// <inheritdoc/>
    public override string ToString() => new IPEndPoint(Ip, Port).ToString();
}
