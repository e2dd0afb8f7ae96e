using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Http;

/// <summary>The GET form: <c>AddressIds.0=eip-1&amp;Filters.0.Name=...</c> turned into the JSON form.</summary>
internal static class QueryParameters
{
    public static JsonElement ToJson(IQueryCollection query, ParameterSchema schema)
    {
        var root = new JsonObject();
        foreach (var (key, values) in query.OrderBy(q => q.Key, NaturalOrder.Instance))
        {
            Put(root, schema, key, key.Split('.'), values.ToString());
        }

        using var document = JsonDocument.Parse(root.ToJsonString());
        return document.RootElement.Clone();
    }

    private static void Put(JsonObject target, ParameterSchema schema, string key, string[] path, string text)
    {
        var parameter = schema.Find(path[0]) ?? throw new CloudFault("UnknownParameter", $"The parameter `{key}` is not recognized.");
        if (!parameter.IsList)
        {
            PutValue(target, v => target[path[0]] = v, () => target[path[0]], parameter, key, path[1..], text);
            return;
        }

        var list = target[path[0]] as JsonArray;
        if (list is null)
        {
            target[path[0]] = list = [];
        }

        if (path.Length < 2 || !int.TryParse(path[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > list.Count)
        {
            throw new CloudFault("InvalidParameter", $"The parameter `{key}` must be numbered from 0 without gaps.");
        }

        if (index == list.Count)
        {
            list.Add((JsonNode?)null);
        }

        PutValue(target, v => list[index] = v, () => list[index], parameter, key, path[2..], text);
    }

    private static void PutValue(JsonObject target, Action<JsonNode> set, Func<JsonNode?> get, Parameter parameter, string key, string[] rest, string text)
    {
        if (parameter.Fields is { } fields && rest.Length > 0)
        {
            if (get() is not JsonObject inner)
            {
                set(inner = []);
            }

            Put(inner, fields, key, rest, text);
            return;
        }

        if (rest.Length > 0 || parameter.Fields is not null)
        {
            throw new CloudFault("UnknownParameter", $"The parameter `{key}` is not recognized.");
        }

        set(parameter.Kind switch
        {
            ParameterKind.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            ParameterKind.Boolean when bool.TryParse(text, out var flag) => JsonValue.Create(flag),
            ParameterKind.Text => JsonValue.Create(text),
            _ => throw new CloudFault("InvalidParameter", $"The parameter `{key}` must be of type {parameter.TypeText}."),
        });
    }

    /// <summary>Orders <c>A.2</c> before <c>A.10</c>.</summary>
    private sealed class NaturalOrder : IComparer<string>
    {
        public static NaturalOrder Instance { get; } = new();

        public int Compare(string? x, string? y)
        {
            var (a, b) = ((x ?? "").Split('.'), (y ?? "").Split('.'));
            for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
            {
                var numbers = int.TryParse(a[i], NumberStyles.None, CultureInfo.InvariantCulture, out var m) & int.TryParse(b[i], NumberStyles.None, CultureInfo.InvariantCulture, out var n);
                var order = numbers ? m.CompareTo(n) : string.CompareOrdinal(a[i], b[i]);
                if (order != 0)
                {
                    return order;
                }
            }

            return a.Length.CompareTo(b.Length);
        }
    }
}
