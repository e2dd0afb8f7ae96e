using System.Xml.Linq;

namespace PodEip.Architecture.Tests;

/// <summary>A project of the solution.</summary>
/// <param name="Name">Its name, such as <c>PodEip.Api</c>.</param>
/// <param name="Room">The folder it lies in: <c>src</c>, <c>tests</c>, <c>hack</c> or <c>bench</c>.</param>
/// <param name="References">The projects it references itself, by name.</param>
/// <param name="Packages">The packages it references itself, by name.</param>
internal sealed record Project(string Name, string Room, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    /// <summary>Every project of the checkout, read from the project files.</summary>
    public static IReadOnlyList<Project> All { get; } = [.. Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(Parse)];

    private static Project Parse(string file)
    {
        var project = XDocument.Parse(Repository.Read(file));
        return new(
            Path.GetFileNameWithoutExtension(file), file.Split('/')[0],
            [.. Included(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))],
            [.. Included(project, "PackageReference")]);
    }

    private static IEnumerable<string> Included(XDocument project, string item) =>
        project.Descendants(item).Select(element => element.Attribute("Include")!.Value);
}
