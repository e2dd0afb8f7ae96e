using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PodEip.Dev.Generate;

/// <summary>Summaries of an assembly's types and properties, from the documentation file that the compiler writes beside it.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _summaries;

    private XmlDocs(Dictionary<string, XElement> summaries) => _summaries = summaries;

    /// <summary>Reads the file of the assembly that lies beside this program.</summary>
    /// <exception cref="FileNotFoundException">The assembly was built without it.</exception>
    public static XmlDocs Of(Assembly assembly)
    {
        var file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml"));
        return new(file.Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!));
    }

    /// <summary>The summary of a type, as one line of plain text.</summary>
    public string Summary(Type type) => Text($"T:{type.FullName}");

    /// <summary>The summary of a property, as one line of plain text.</summary>
    public string Summary(PropertyInfo property) => Text($"P:{property.DeclaringType!.FullName}.{property.Name}");

    /// <summary>The summary of a constant, as one line of plain text.</summary>
    public string Summary(FieldInfo field) => Text($"F:{field.DeclaringType!.FullName}.{field.Name}");

    private string Text(string member)
    {
        if (!_summaries.TryGetValue(member, out var summary))
            throw new InvalidOperationException($"{member[2..]} has no summary, and its summary is its description for users.");
        var text = new StringBuilder();
        foreach (var node in summary.DescendantNodes())
        {
            switch (node)
            {
                case XText words:
                    text.Append(words.Value);
                    break;
                case XElement { Name.LocalName: "see" or "paramref" } reference:
                    text.Append(reference.Attributes().First().Value.Split('.', ':')[^1]);
                    break;
            }
        }

        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
