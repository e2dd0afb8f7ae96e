using Microsoft.AspNetCore.Http;

namespace PodEip.Hosting;

/// <summary>Something more that the status listener serves.</summary>
/// <param name="Path">Its path and all below it, such as <c>/console</c>.</param>
/// <param name="Answer">Answers.</param>
public sealed record WebRoute(string Path, RequestDelegate Answer)
{
    /// <summary>A request's path is this one's.</summary>
    public bool Has(PathString path) => path.StartsWithSegments(Path, StringComparison.Ordinal);
}
