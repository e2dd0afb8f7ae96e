using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace PodEip.Controller.Console;

/// <summary>A part of the page: it is in the program, and the same for everybody.</summary>
/// <param name="Type">Media type.</param>
/// <param name="Bytes">Its content.</param>
internal sealed record ConsoleFile(string Type, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>All of them by path below the console's.</summary>
    public static IReadOnlyDictionary<string, ConsoleFile> All { get; } = new Dictionary<string, ConsoleFile>(StringComparer.Ordinal)
    {
        [""] = Read("console.html", "text/html; charset=utf-8"),
        ["console.css"] = Read("console.css", "text/css; charset=utf-8"),
        ["console.js"] = Read("console.js", "text/javascript; charset=utf-8"),
        ["icon.svg"] = Read("icon.svg", "image/svg+xml"),
    };

    /// <summary>Sends it.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = Type;
        context.Response.ContentLength = Bytes.Length;
        await context.Response.Body.WriteAsync(Bytes, context.RequestAborted);
    }

    private static ConsoleFile Read(string name, string type)
    {
        using var content = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return new ConsoleFile(type, copy.ToArray());
    }
}
