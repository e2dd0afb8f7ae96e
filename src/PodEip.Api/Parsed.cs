using System.Diagnostics.CodeAnalysis;

namespace PodEip.Api;

/// <summary>What came of reading text that a user wrote: a value, or a reason that names the field, the text and what is allowed.</summary>
/// <typeparam name="T">What was read.</typeparam>
public readonly record struct Parsed<T>
    where T : notnull
{
    internal Parsed(T? value, string? error) => (Value, Error) = (value, error);

    /// <summary>The value, when there is no error.</summary>
    public T? Value { get; }

    /// <summary>Why there is no value.</summary>
    public string? Error { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsValid => Error is null;

    /// <summary>A good value.</summary>
    public static implicit operator Parsed<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Parsed<T>(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new(default, refusal.Reason);
    }
}

/// <summary>Makes readings where the type of the value is an interface, which no conversion can be declared from.</summary>
public static class Parsed
{
    /// <summary>A good value.</summary>
    public static Parsed<T> Of<T>(T value)
        where T : notnull => new(value, null);
}

/// <summary>Why a text was refused.</summary>
/// <param name="Reason">One line that names the field, the text and what is allowed.</param>
public sealed record Refusal(string Reason);
