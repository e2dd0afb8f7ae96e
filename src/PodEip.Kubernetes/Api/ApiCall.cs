namespace PodEip.Kubernetes.Api;

/// <summary>One call as it is sent, however often.</summary>
internal sealed record ApiCall(HttpMethod Method, string PathAndQuery, ReadOnlyMemory<byte>? Body = null, string? ContentType = null, string? Label = null)
{
    // Queries hold selectors and long continue tokens: the path says enough.
    public override string ToString() => $"{Label ?? Method.Method} {PathAndQuery.AsSpan(0, PathAndQuery.IndexOf('?', StringComparison.Ordinal) is var q and >= 0 ? q : PathAndQuery.Length)}";
}
