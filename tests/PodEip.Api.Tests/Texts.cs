using CsCheck;

namespace PodEip.Api.Tests;

/// <summary>Texts that users would not write but attackers and accidents would.</summary>
internal static class Texts
{
    /// <summary>Any UTF-16, broken surrogates too, mixed with runs of the characters the parser knows.</summary>
    public static Gen<string> Hostile(string alphabet)
    {
        var any = Gen.Char.Array[0, 40].Select(c => new string(c));
        var known = Gen.Char[alphabet].Array[0, 80].Select(c => new string(c));
        return Gen.OneOf<string>(any, known, Gen.Select(known, any, known, (a, b, c) => a + b + c));
    }
}
