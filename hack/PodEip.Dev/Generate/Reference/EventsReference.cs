using System.Reflection;
using System.Text;
using PodEip.Agent.Keeping;
using PodEip.Api;

namespace PodEip.Dev.Generate.Reference;

/// <summary>The page of all events and of all reasons of conditions, from the constants that the programs use.</summary>
internal static class EventsReference
{
    public static string Markdown()
    {
        var text = new StringBuilder("""
            <!-- Generated from the programs' constants by `podeip-dev generate`. Change those, not this file. -->
            # Events and reasons

            Programs may match on reasons; the message beside one is for people. What to do about each: [troubleshooting](../troubleshooting.md).

            """).Append('\n');
        Events(text, "Events of `podeip-controller`, on Pods, claims and Nodes", typeof(EventReasons));
        Events(text, "Events of `podeip-agent`, on its Node", typeof(NodeEvents));
        text.Append("## Reasons of a claim's conditions\n\n| reason | meaning |\n|---|---|\n");
        foreach (var (reason, summary) in Constants(typeof(Reasons)))
            text.Append($"| `{reason}` | {summary} |\n");
        return text.ToString();
    }

    // The summaries begin with the type, as "Warning, on a Node: …".
    private static void Events(StringBuilder text, string title, Type constants)
    {
        text.Append($"## {title}\n\n| reason | type | when |\n|---|---|---|\n");
        foreach (var (reason, summary) in Constants(constants))
        {
            var colon = summary.IndexOf(": ", StringComparison.Ordinal);
            text.Append($"| `{reason}` | {summary[..colon]} | {summary[(colon + 2)..]} |\n");
        }

        text.Append('\n');
    }

    private static IEnumerable<(string Value, string Summary)> Constants(Type type)
    {
        var docs = XmlDocs.Of(type.Assembly);
        return type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => ((string)field.GetRawConstantValue()!, docs.Summary(field)));
    }
}
