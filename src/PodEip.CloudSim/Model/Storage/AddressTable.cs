namespace PodEip.CloudSim.Model.Storage;

/// <summary>Addresses with their indexes: target, ENI, public IP, name, tag.</summary>
internal sealed class AddressTable(TimeSpan keep)
{
    private readonly VersionedTable<ElasticAddress> _table = new(keep);
    private readonly Dictionary<(string Eni, string Ip), string> _byTarget = [];
    private readonly Dictionary<string, string> _byPublicIp = new(StringComparer.Ordinal);
    private readonly IndexedSets<string> _byEni = new();
    private readonly IndexedSets<string> _byName = new();
    private readonly IndexedSets<(string Key, string Value)> _byTag = new();

    public IEnumerable<ElasticAddress> Now => _table.Now;

    public int Count => _table.Count;

    /// <summary>Elastic addresses on the general lines, which count towards the total quota.</summary>
    public int General { get; private set; }

    /// <summary>Static single-line addresses.</summary>
    public int SingleIsp { get; private set; }

    public ElasticAddress? Find(string id) => _table.Find(id);

    public ElasticAddress? At(string eniId, string ip) => _byTarget.TryGetValue((eniId, ip), out var id) ? _table.Find(id) : null;

    public bool HoldsPublicIp(string ip) => _byPublicIp.ContainsKey(ip);

    public ElasticAddress? ByPublicIp(string ip) => _byPublicIp.TryGetValue(ip, out var id) ? _table.Find(id) : null;

    public IReadOnlyCollection<string> OnEni(string eniId) => _byEni[eniId];

    public IReadOnlyCollection<string> Named(string name) => _byName[name];

    public IReadOnlyCollection<string> Tagged(string key, string value) => _byTag[(key, value)];

    public long Order(string id) => _table.Order(id);

    public IEnumerable<ElasticAddress> AsOf(DateTimeOffset at) => _table.AsOf(at);

    public void Set(ElasticAddress address, DateTimeOffset at)
    {
        var old = _table.Find(address.Id);
        if (old is not null)
        {
            Index(old, add: false);
        }

        Index(address, add: true);
        _table.Set(address.Id, address, at);
    }

    public void Remove(ElasticAddress address, DateTimeOffset at)
    {
        Index(address, add: false);
        _table.Remove(address.Id, at);
    }

    private void Index(ElasticAddress a, bool add)
    {
        if (!a.IsOrdinary)
        {
            var step = add ? 1 : -1;
            (General, SingleIsp) = a.Isp == "BGP" ? (General + step, SingleIsp) : (General, SingleIsp + step);
        }

        if (a.PublicIp is { } publicIp)
        {
            Put(_byPublicIp, publicIp, a.Id, add);
        }

        if (a is { EniId: { } eni, PrivateIp: { } ip })
        {
            Put(_byTarget, (eni, ip), a.Id, add);
            Put(_byEni, eni, a.Id, add);
        }

        if (a.Name is { } name)
        {
            Put(_byName, name, a.Id, add);
        }

        foreach (var (key, value) in a.Tags)
        {
            Put(_byTag, (key, value), a.Id, add);
        }
    }

    private static void Put<TKey>(Dictionary<TKey, string> index, TKey key, string id, bool add)
        where TKey : notnull
    {
        if (add)
        {
            index[key] = id;
        }
        else if (index.TryGetValue(key, out var holder) && holder == id)
        {
            index.Remove(key);
        }
    }

    private static void Put<TKey>(IndexedSets<TKey> index, TKey key, string id, bool add)
        where TKey : notnull
    {
        if (add)
        {
            index.Add(key, id);
        }
        else
        {
            index.Remove(key, id);
        }
    }
}
