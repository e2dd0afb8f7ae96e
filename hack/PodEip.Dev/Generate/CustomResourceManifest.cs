using System.Reflection;
using System.Text.Json.Nodes;
using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Api.Schema;

namespace PodEip.Dev.Generate;

/// <summary>The CustomResourceDefinition of <c>EIPClaim</c>, made from its C# types.</summary>
public static class CustomResourceManifest
{
    /// <summary>The manifest as YAML, with a line that says where it comes from.</summary>
    public static string Yaml() => "# Generated from src/PodEip.Api/Resources by `podeip-dev generate`. Change the types, not this file.\n" + YamlText.Of(Tree());

    /// <summary>The manifest as a JSON tree, as an API server takes it.</summary>
    public static JsonObject Tree() => new()
    {
        ["apiVersion"] = "apiextensions.k8s.io/v1",
        ["kind"] = "CustomResourceDefinition",
        ["metadata"] = new JsonObject { ["name"] = PodEipNames.CrdName },
        ["spec"] = new JsonObject
        {
            ["group"] = PodEipNames.Group,
            ["names"] = new JsonObject
            {
                ["kind"] = PodEipNames.Kind,
                ["listKind"] = PodEipNames.ListKind,
                ["plural"] = PodEipNames.Plural,
                ["singular"] = PodEipNames.Singular,
                ["shortNames"] = new JsonArray(PodEipNames.ShortName),
                ["categories"] = new JsonArray(PodEipNames.Category),
            },
            ["scope"] = "Namespaced",
            ["versions"] = new JsonArray(Version()),
        },
    };

    private static JsonObject Version() => new()
    {
        ["name"] = PodEipNames.Version,
        ["served"] = true,
        ["storage"] = true,
        ["subresources"] = new JsonObject { ["status"] = new JsonObject() },
        ["additionalPrinterColumns"] = new JsonArray([.. typeof(EipClaim).GetCustomAttributes<PrinterColumnAttribute>().OrderBy(column => column.Order).Select(Column)]),
        ["schema"] = new JsonObject { ["openAPIV3Schema"] = Schema() },
    };

    private static JsonNode Column(PrinterColumnAttribute column)
    {
        var json = new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["jsonPath"] = column.JsonPath };
        if (column.Description is { } description)
            json.Add("description", description);
        if (column.Wide)
            json.Add("priority", 1);
        return json;
    }

    private static JsonObject Schema()
    {
        var docs = XmlDocs.Of(typeof(EipClaim).Assembly);
        var schema = new StructuralSchema(docs).Of(typeof(EipClaim));
        schema.Insert(0, "description", docs.Summary(typeof(EipClaim)));
        return schema;
    }
}
