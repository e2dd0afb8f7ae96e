namespace PodEip.Architecture.Tests;

/// <summary>The files of the checkout as git would have them: build output and tools' folders left out.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "TestResults"];

    /// <summary>The checkout's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All files, as paths relative to the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Under(new DirectoryInfo(Root)).Select(file => Path.GetRelativePath(Root, file))];

    /// <summary>The text of a file named by <see cref="Files"/>.</summary>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static IEnumerable<string> Under(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories().Where(IsOurs).SelectMany(Under));

    private static bool IsOurs(DirectoryInfo folder) =>
        !NotOurs.Contains(folder.Name) && (!folder.Name.StartsWith('.') || folder.Name == ".ci");

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "PodEip.slnx")))
            at = at.Parent ?? throw new InvalidOperationException($"no PodEip.slnx above {AppContext.BaseDirectory}");
        return at.FullName;
    }
}
