using System.Net;
using System.Text.Json;
using PodEip.Agent.Masquerade;

namespace PodEip.Agent.Nft;

/// <summary>The elements of a set or map as the kernel holds them.</summary>
internal sealed class KernelSet
{
    private readonly List<IpRange> _ranges = [];
    private bool _isForeign;

    public static KernelSet Read(IpFamily family, JsonElement set)
    {
        var read = new KernelSet();
        if (set.TryGetProperty("elem", out var elements))
        {
            foreach (var element in elements.EnumerateArray())
            {
                if (Range(element) is { } range && range.Family == family)
                {
                    read._ranges.Add(range);
                }
                else
                {
                    // A time limit, a counter, another value: nothing that we would have written.
                    read._isForeign = true;
                }
            }
        }

        return read;
    }

    public bool Holds(AddressSet wanted)
    {
        if (_isForeign)
        {
            return false;
        }

        return wanted.Kind is AddressSetKind.Intervals
            ? IpRange.Normalise(_ranges).SequenceEqual(wanted.Ranges)
            : _ranges.Count == wanted.Singles.Count && _ranges.All(range => range.IsSingle && wanted.Singles.Contains(range.First));
    }

    private static IpRange? Range(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Single(element),
        JsonValueKind.Array when element.GetArrayLength() == 2 && Single(element[0]) is { } key && Single(element[1]) == key => key,
        JsonValueKind.Object when element.TryGetProperty("prefix", out var prefix) && Single(prefix.GetProperty("addr")) is not null =>
            IpRange.Of(IPAddress.Parse(prefix.GetProperty("addr").GetString()!), prefix.GetProperty("len").GetInt32()),
        JsonValueKind.Object when element.TryGetProperty("range", out var range) && Single(range[0]) is { } first && Single(range[1]) is { } last =>
            first with { Last = last.First },
        _ => null,
    };

    private static IpRange? Single(JsonElement element) =>
        element.ValueKind is JsonValueKind.String && IPAddress.TryParse(element.GetString(), out var address)
            ? new IpRange(IpRange.FamilyOf(address), IpRange.Number(address), IpRange.Number(address))
            : null;
}
