using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PodEip.Dev.Quickstart;

/// <summary>Reads Kubernetes manifests, YAML with one or more documents, into JSON trees.</summary>
public static class Manifest
{
    /// <summary>The objects of a file, in its order.</summary>
    public static IReadOnlyList<JsonObject> Read(string path)
    {
        using var reader = File.OpenText(path);
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>().Select(Object)];
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode mapping => Object(mapping),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Node)]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => throw new QuickstartException($"A manifest holds a {node.NodeType} at line {node.Start.Line}, which is not read here."),
    };

    private static JsonObject Object(YamlMappingNode mapping) =>
        new(mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Node(pair.Value))));

    // What stands in quotes is text; the rest has the type it looks like (YAML 1.2, core schema).
    private static JsonValue? Scalar(YamlScalarNode scalar) => scalar switch
    {
        { Style: not ScalarStyle.Plain } => JsonValue.Create(scalar.Value),
        { Value: null or "" or "null" or "~" } => null,
        { Value: "true" } => JsonValue.Create(true),
        { Value: "false" } => JsonValue.Create(false),
        _ when int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small) => JsonValue.Create(small),
        _ when long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large) => JsonValue.Create(large),
        _ => JsonValue.Create(scalar.Value),
    };
}
