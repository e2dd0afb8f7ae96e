using System.Text.Json;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Http;

/// <summary>The parameters of a request, checked against a schema.</summary>
internal sealed class Parameters
{
    private readonly JsonElement _object;

    private Parameters(JsonElement element) => _object = element;

    public static Parameters Check(JsonElement element, ParameterSchema schema)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new CloudFault("InvalidParameter", "The body must be a JSON object.");
        }

        CheckObject(element, schema, "");
        return new Parameters(element);
    }

    public string? Text(string name) => _object.TryGetProperty(name, out var value) ? value.GetString() : null;

    public string RequiredText(string name) => Text(name)!;

    public bool? Boolean(string name) => _object.TryGetProperty(name, out var value) ? value.GetBoolean() : null;

    public long? Long(string name) => _object.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    /// <summary>An integer; values beyond 32 bits are refused as out of range.</summary>
    public int? Integer(string name) => Long(name) switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and var value => (int)value,
        var value => throw new CloudFault("InvalidParameterValue", $"`{name}` is {value}, which is out of range."),
    };

    public IReadOnlyList<string>? Texts(string name) => _object.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : null;

    public Parameters? Structure(string name) => _object.TryGetProperty(name, out var value) ? new Parameters(value) : null;

    public IReadOnlyList<Parameters> Structures(string name) =>
        _object.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(v => new Parameters(v))] : [];

    private static void CheckObject(JsonElement element, ParameterSchema schema, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var name = path + property.Name;
            var parameter = schema.Find(property.Name) ?? throw new CloudFault("UnknownParameter", $"The parameter `{name}` is not recognized.");
            if (!seen.Add(property.Name))
            {
                throw new CloudFault("InvalidParameter", $"The parameter `{name}` stands twice.");
            }

            if (!parameter.IsList)
            {
                CheckValue(property.Value, parameter, name);
                continue;
            }

            if (property.Value.ValueKind != JsonValueKind.Array)
            {
                throw WrongType(name, parameter);
            }

            var i = 0;
            foreach (var item in property.Value.EnumerateArray())
            {
                CheckValue(item, parameter, $"{name}.{i++}");
            }
        }

        foreach (var parameter in schema.All)
        {
            if (parameter.IsRequired && !seen.Contains(parameter.Name))
            {
                throw new CloudFault("MissingParameter", $"The parameter `{path}{parameter.Name}` is missing.");
            }
        }
    }

    private static void CheckValue(JsonElement value, Parameter parameter, string name)
    {
        var fits = parameter.Kind switch
        {
            ParameterKind.Text => value.ValueKind == JsonValueKind.String,
            ParameterKind.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            ParameterKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => value.ValueKind == JsonValueKind.Object,
        };
        if (!fits)
        {
            throw WrongType(name, parameter);
        }

        if (parameter.Fields is { } fields)
        {
            CheckObject(value, fields, name + ".");
        }
    }

    private static CloudFault WrongType(string name, Parameter parameter) => new("InvalidParameter", $"The parameter `{name}` must be of type {parameter.TypeText}.");
}
