using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PodEip.Api.Resources;
using PodEip.Api.Schema;

namespace PodEip.Dev.Generate;

/// <summary>
/// Makes the structural schema (apiextensions.k8s.io/v1) of a resource's types. Only what API servers from 1.20 on enforce is used:
/// types, enums, patterns, bounds, list types; no expression rules.
/// </summary>
internal sealed class StructuralSchema(XmlDocs docs)
{
    /// <summary>The schema of an object.</summary>
    public JsonObject Of(Type type)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var property in Properties(type).OrderBy(NameOf, StringComparer.Ordinal))
        {
            properties.Add(NameOf(property), Of(property));
            if (property.GetCustomAttribute<SchemaAttribute>() is { Required: true })
                required.Add(NameOf(property));
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            schema.Add("required", required);
        if (type.GetCustomAttribute<NotTogetherAttribute>() is { } pair)
            schema.Add("not", new JsonObject { ["required"] = new JsonArray(NameOf(type, pair.First), NameOf(type, pair.Second)) });
        return schema;
    }

    private JsonObject Of(PropertyInfo property)
    {
        var rules = property.GetCustomAttribute<SchemaAttribute>() ?? new SchemaAttribute();
        if (property.PropertyType == typeof(ClaimMetadata))
        {
            // ObjectMeta is the API server's own; a schema may not describe it.
            return new JsonObject { ["type"] = "object" };
        }

        var schema = new JsonObject { ["description"] = docs.Summary(property) };
        foreach (var (key, value) in OfType(property.PropertyType, rules))
            schema.Add(key, value?.DeepClone());
        AddBounds(schema, rules);
        return schema;
    }

    private JsonObject OfType(Type type, SchemaAttribute rules)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type.IsEnum)
            return new JsonObject { ["type"] = "string" };
        if (type == typeof(DateTimeOffset))
            return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(bool))
            return new JsonObject { ["type"] = "boolean" };
        if (type == typeof(int) || type == typeof(long))
            return new JsonObject { ["type"] = "integer", ["format"] = type == typeof(int) ? "int32" : "int64" };
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return List(type.GenericTypeArguments[0], rules);
        if (type.Assembly == typeof(SchemaAttribute).Assembly)
            return Of(type);
        throw new NotSupportedException($"{type} has no place in a schema yet.");
    }

    private JsonObject List(Type element, SchemaAttribute rules)
    {
        var items = OfType(element, rules);
        if (rules.ItemPattern is { } pattern)
            items.Add("pattern", pattern);
        var list = new JsonObject { ["type"] = "array", ["items"] = items };
        if (rules.ListMapKey is { } key)
        {
            list.Add("x-kubernetes-list-type", "map");
            list.Add("x-kubernetes-list-map-keys", new JsonArray(NameOf(element, key)));
        }
        else
        {
            list.Add("x-kubernetes-list-type", "atomic");
        }

        return list;
    }

    private static void AddBounds(JsonObject schema, SchemaAttribute rules)
    {
        if (rules.Enum is { } words)
            schema.Add("enum", new JsonArray([.. words.Select(word => (JsonNode)word)]));
        if (rules.Pattern is { } pattern)
            schema.Add("pattern", pattern);
        if (rules.Minimum != long.MinValue)
            schema.Add("minimum", rules.Minimum);
        if (rules.Maximum != long.MaxValue)
            schema.Add("maximum", rules.Maximum);
        foreach (var (key, bound) in new[] { ("minLength", rules.MinLength), ("maxLength", rules.MaxLength), ("minItems", rules.MinItems), ("maxItems", rules.MaxItems) })
        {
            if (bound != 0)
                schema.Add(key, bound);
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null);

    private static string NameOf(Type type, string property) => NameOf(type.GetProperty(property) ?? throw new InvalidOperationException($"{type} has no property {property}."));

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
