namespace PodEip.Api.Schema;

/// <summary>A column of <c>kubectl get</c>, on the resource's type; columns appear by <see cref="Order"/>.</summary>
/// <param name="order">Place from the left, without gaps of meaning.</param>
/// <param name="name">Heading.</param>
/// <param name="jsonPath">Path of the value.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class PrinterColumnAttribute(int order, string name, string jsonPath) : Attribute
{
    /// <summary>Place from the left.</summary>
    public int Order { get; } = order;

    /// <summary>Heading.</summary>
    public string Name { get; } = name;

    /// <summary>Path of the value.</summary>
    public string JsonPath { get; } = jsonPath;

    /// <summary><c>string</c>, <c>integer</c> or <c>date</c> (shown as an age).</summary>
    public string Type { get; init; } = "string";

    /// <summary>Only with <c>-o wide</c>.</summary>
    public bool Wide { get; init; }

    /// <summary>What it shows.</summary>
    public string? Description { get; init; }
}
