namespace PodEip.Api.Schema;

/// <summary>Properties of an object that exclude each other. Both may be absent.</summary>
/// <param name="first">One property, by its C# name.</param>
/// <param name="second">The other.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotTogetherAttribute(string first, string second) : Attribute
{
    /// <summary>One property.</summary>
    public string First { get; } = first;

    /// <summary>The other.</summary>
    public string Second { get; } = second;
}
