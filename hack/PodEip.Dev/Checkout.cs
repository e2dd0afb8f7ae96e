namespace PodEip.Dev;

/// <summary>Where the checkout is that this program was built from.</summary>
public static class Checkout
{
    /// <summary>The folder that holds <c>PodEip.slnx</c>, found upwards from the program and then from the current folder.</summary>
    /// <exception cref="InvalidOperationException">Neither lies in a checkout.</exception>
    public static string Root => Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory())
        ?? throw new InvalidOperationException("This program belongs to a checkout of Pod EIP, and none was found above it or above the current folder (no PodEip.slnx).");

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "PodEip.slnx")))
                return at.FullName;
        }

        return null;
    }
}
