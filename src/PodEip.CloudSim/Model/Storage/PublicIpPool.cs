namespace PodEip.CloudSim.Model.Storage;

/// <summary>Hands out public IPs in order, round and round, so that a released one is not seen again soon.</summary>
internal sealed class PublicIpPool
{
    /// <summary>How many places of the ranges were passed: the whole state.</summary>
    public long Cursor { get; set; }

    /// <summary>The next free IP; null when the ranges are used up.</summary>
    public string? Take(IReadOnlyList<string> ranges, Func<string, bool> isUsed)
    {
        var parsed = ranges.Select(Ipv4Range.Parse).OfType<Ipv4Range>().ToList();
        var total = parsed.Sum(r => (long)r.Size);
        for (long i = 0; i < total; i++)
        {
            var place = Cursor++ % total;
            foreach (var range in parsed)
            {
                if (place < range.Size)
                {
                    var last = (range.First + (uint)place) & 255;
                    var ip = Ipv4Range.ToText(range.First + (uint)place);
                    if (last is not (0 or 255) && !isUsed(ip))
                    {
                        return ip;
                    }

                    break;
                }

                place -= range.Size;
            }
        }

        return null;
    }
}
