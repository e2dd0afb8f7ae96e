using System.Collections.Immutable;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    private const int TagsPerResource = 50;
    private const int TagsPerCall = 10;

    /// <summary>TagResources: upsert on EIPs, ENIs and CVMs. Resources that fail are named in the answer.</summary>
    public TagWriteAnswer TagResources(TagResourcesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            CheckTagCall(call.Resources, call.Tags.Select(t => t.Key).ToList());
            foreach (var (key, value) in call.Tags)
            {
                Refuse(TagRules.FaultOfValue(key, value));
            }

            if (_tags.Overflow(call.Tags, _settings.MaxTagKeys, _settings.MaxTagValues) is { } what)
            {
                throw new CloudFault($"LimitExceeded.{what}", "The account has all the tag keys, or values of a key, that are allowed.");
            }

            _tags.Register(call.Tags);
            return WriteTags(call.Resources, tags => tags.SetItems(call.Tags), now, context);
        }
    }

    /// <summary>UnTagResources: removes keys; the values stay in the account.</summary>
    public TagWriteAnswer UnTagResources(UnTagResourcesCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            CheckTagCall(call.Resources, call.TagKeys);
            return WriteTags(call.Resources, tags => tags.RemoveRange(call.TagKeys), now, context);
        }
    }

    /// <summary>DescribeResourcesByTags: groups ANDed, values of a group ORed.</summary>
    public DescribeResourcesByTagsAnswer DescribeResourcesByTags(DescribeResourcesByTagsCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            var now = Settle();
            var (offset, limit) = (call.Offset ?? 0, call.Limit ?? 15);
            if (call.TagFilters.Count == 0 || call.TagFilters.Any(f => f.Key.Length == 0))
            {
                throw new CloudFault("InvalidParameterValue.TagFilters", "TagFilters needs at least one group with a TagKey.");
            }

            if (call.TagFilters.Count > 6)
            {
                throw new CloudFault("InvalidParameterValue.TagFiltersLengthExceeded", $"TagFilters has {call.TagFilters.Count} groups; at most 6 are allowed.");
            }

            if (limit is < 1 or > 200 || offset < 0 || offset % limit != 0)
            {
                throw new CloudFault("InvalidParameterValue", $"Offset is {offset} and Limit {limit}; Limit must lie between 1 and 200 and Offset be a multiple of it.");
            }

            var rows = (call.ResourceRegion is null || call.ResourceRegion == _settings.Region ? Tagged(call, AsOf(now, context ?? CallContext.Plain)) : [])
                .Where(r => (call.ServiceType ?? r.ServiceType) == r.ServiceType
                    && (call.ResourcePrefix ?? r.ResourcePrefix) == r.ResourcePrefix
                    && (call.ResourceId ?? r.ResourceId) == r.ResourceId
                    && call.TagFilters.All(f => r.Tags.TryGetValue(f.Key, out var value) && (f.Values.Count == 0 || f.Values.Contains(value))))
                .ToList();
            return new DescribeResourcesByTagsAnswer(rows.Count, offset, limit, rows.GetRange(Math.Min(offset, rows.Count), Math.Clamp(rows.Count - offset, 0, limit)));
        }
    }

    private IEnumerable<TaggedResource> Tagged(DescribeResourcesByTagsCall call, DateTimeOffset? past)
    {
        var addresses = past is { } a ? _addresses.AsOf(a) : call.TagFilters is [{ Values.Count: 1 } only]
            ? _addresses.Tagged(only.Key, only.Values[0]).OrderBy(_addresses.Order).Select(id => _addresses.Find(id)!)
            : _addresses.Now;
        return addresses.Select(x => new TaggedResource("vpc", "eip", x.Id, x.Tags))
            .Concat((past is { } b ? _enis.AsOf(b) : _enis.Now).Select(x => new TaggedResource("vpc", "eni", x.Id, x.Tags)))
            .Concat((past is { } c ? _cvms.AsOf(c) : _cvms.Now).Select(x => new TaggedResource("cvm", "instance", x.Id, x.Tags)));
    }

    private ImmutableSortedDictionary<string, string> CheckPurchaseTags(IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        if (tags.Count > TagsPerCall)
        {
            throw new CloudFault("LimitExceeded.TagQuota", $"{tags.Count} tags were given; at most {TagsPerCall} are allowed.");
        }

        foreach (var (key, value) in tags)
        {
            if ((TagRules.FaultOfKey(key) ?? TagRules.FaultOfValue(key, value)) is { } fault)
            {
                throw new CloudFault("InvalidParameterValue.InvalidTag", fault.Message);
            }

            if (_settings.UnknownTags == UnknownTags.Refuse && !_tags.Knows(key, value))
            {
                throw new CloudFault("InvalidParameterValue.TagNotExisted", $"There is no tag `{key}` with value `{value}`.");
            }
        }

        if (tags.Select(t => t.Key).Distinct(StringComparer.Ordinal).Count() < tags.Count)
        {
            throw new CloudFault("InvalidParameterValue.InvalidTag", "A tag key is given twice.");
        }

        return _tags.Overflow(tags, _settings.MaxTagKeys, _settings.MaxTagValues) is null
            ? ElasticAddress.NoTags.AddRange(tags)
            : throw new CloudFault("LimitExceeded.TagQuota", "The account has all the tag keys, or values of a key, that are allowed.");
    }

    private static void CheckTagCall(IReadOnlyList<string> resources, IReadOnlyList<string> keys)
    {
        if (resources.Count > 10)
        {
            throw new CloudFault("LimitExceeded.ResourceNumPerRequest", $"{resources.Count} resources were given; at most 10 are allowed.");
        }

        if (keys.Count > TagsPerCall)
        {
            throw new CloudFault("LimitExceeded.TagNumPerRequest", $"{keys.Count} tags were given; at most {TagsPerCall} are allowed.");
        }

        if (resources.Count == 0 || keys.Count == 0)
        {
            throw new CloudFault("InvalidParameter", "At least one resource and one tag must be given.");
        }

        foreach (var key in keys)
        {
            Refuse(TagRules.FaultOfKey(key));
        }

        if (keys.Distinct(StringComparer.Ordinal).Count() < keys.Count)
        {
            throw new CloudFault("InvalidParameterValue.TagKeyDuplicate", "A tag key is given twice.");
        }
    }

    private static void Refuse((string Code, string Message)? fault)
    {
        if (fault is { } f)
        {
            throw new CloudFault(f.Code, f.Message);
        }
    }

    private TagWriteAnswer WriteTags(
        IReadOnlyList<string> resources,
        Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change,
        DateTimeOffset now,
        CallContext? context)
    {
        var names = resources.Select(r => ResourceName.Parse(r, _settings.Region, _settings.Uin)).ToList();
        var failed = new List<FailedTagResource>();
        for (var i = 0; i < names.Count; i++)
        {
            var fault = i < (context?.FailedTagResources ?? 0)
                ? new CloudFault("FailedOperation.ResourceTagProcessing", "The tags of the resource are being changed.")
                : WriteTags(names[i], change, now);
            if (fault is not null)
            {
                failed.Add(new FailedTagResource(resources[i], fault.Code, fault.CloudMessage));
            }
        }

        Version++;
        return new TagWriteAnswer(failed);
    }

    private CloudFault? WriteTags(ResourceName name, Func<ImmutableSortedDictionary<string, string>, ImmutableSortedDictionary<string, string>> change, DateTimeOffset now)
    {
        ImmutableSortedDictionary<string, string>? tags = name switch
        {
            { Prefix: "eip" } => _addresses.Find(name.Id)?.Tags,
            { Prefix: "eni" } => _enis.Find(name.Id)?.Tags,
            _ => _cvms.Find(name.Id)?.Tags,
        };
        if (tags is null)
        {
            return new CloudFault("ResourceNotFound", $"There is no resource `{name.Id}`.");
        }

        tags = change(tags);
        if (tags.Count > TagsPerResource)
        {
            return new CloudFault("LimitExceeded.ResourceAttachedTags", $"`{name.Id}` would carry {tags.Count} tags; at most {TagsPerResource} are allowed.");
        }

        switch (name.Prefix)
        {
            case "eip":
                _addresses.Set(_addresses.Find(name.Id)! with { Tags = tags }, now);
                break;
            case "eni":
                _enis.Set(name.Id, _enis.Find(name.Id)! with { Tags = tags }, now);
                break;
            default:
                _cvms.Set(name.Id, _cvms.Find(name.Id)! with { Tags = tags }, now);
                break;
        }

        return null;
    }
}
