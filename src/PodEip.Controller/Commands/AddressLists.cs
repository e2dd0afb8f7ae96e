using PodEip.Claims.Marks;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Commands;

/// <summary>Whole lists from the cloud, page by page.</summary>
internal static class AddressLists
{
    private const int PageSize = 100;

    /// <summary>The addresses that carry a mark.</summary>
    public static Task<List<Address>> OfMarkAsync(this PacedCloud cloud, ClusterMark mark, CancellationToken cancellationToken) =>
        ListAsync(cloud, new AddressQuery { Tag = KeyValuePair.Create(ClusterMark.TagKey, mark.Value) }, cancellationToken);

    /// <summary>Every address of the account in this region.</summary>
    public static Task<List<Address>> AllAsync(this PacedCloud cloud, CancellationToken cancellationToken) => ListAsync(cloud, new AddressQuery(), cancellationToken);

    /// <summary>Addresses by id; what does not exist is left out.</summary>
    public static async Task<List<Address>> OfIdsAsync(this PacedCloud cloud, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<Address>();
        foreach (var chunk in ids.Chunk(PageSize))
        {
            found.AddRange(await ReadAsync(chunk));
        }

        return found;

        async Task<IReadOnlyList<Address>> ReadAsync(string[] chunk)
        {
            try
            {
                return (await cloud.ReadAsync(CloudAction.DescribeAddresses, (c, ct) => c.DescribeAddressesAsync(new AddressQuery { Ids = chunk }, ct), cancellationToken)).Items;
            }
            catch (CloudException e) when (e.ErrorClass is CloudErrorClass.NotFound && chunk.Length == 1)
            {
                return [];
            }
            catch (CloudException e) when (e.ErrorClass is CloudErrorClass.NotFound)
            {
                // One of them is gone, and the cloud answers for none.
                var halves = new List<Address>();
                foreach (var half in chunk.Chunk((chunk.Length + 1) / 2))
                {
                    halves.AddRange(await ReadAsync(half));
                }

                return halves;
            }
        }
    }

    /// <summary>Interfaces by id; what does not exist is left out.</summary>
    public static async Task<Dictionary<string, NetworkInterface>> InterfacesAsync(this PacedCloud cloud, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, NetworkInterface>(StringComparer.Ordinal);
        foreach (var id in ids.Distinct(StringComparer.Ordinal).Chunk(PageSize))
        {
            await ReadAsync(id);
        }

        return found;

        async Task ReadAsync(string[] chunk)
        {
            try
            {
                var page = await cloud.ReadAsync(CloudAction.DescribeNetworkInterfaces, (c, ct) => c.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { Ids = chunk }, ct), cancellationToken);
                foreach (var item in page.Items)
                {
                    found[item.Id] = item;
                }
            }
            catch (CloudException e) when (e.ErrorClass is CloudErrorClass.NotFound)
            {
                foreach (var half in chunk.Length == 1 ? [] : chunk.Chunk((chunk.Length + 1) / 2))
                {
                    await ReadAsync(half);
                }
            }
        }
    }

    private static async Task<List<Address>> ListAsync(PacedCloud cloud, AddressQuery query, CancellationToken cancellationToken)
    {
        var found = new List<Address>();
        while (true)
        {
            var page = await cloud.ReadAsync(
                CloudAction.DescribeAddresses, (c, ct) => c.DescribeAddressesAsync(query with { Offset = found.Count, Limit = PageSize }, ct), cancellationToken);
            found.AddRange(page.Items);
            if (page.Items.Count == 0 || found.Count >= page.TotalCount)
            {
                return [.. found.DistinctBy(a => a.Id, StringComparer.Ordinal)];
            }
        }
    }
}
