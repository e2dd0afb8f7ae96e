namespace PodEip.CloudSim.Model;

/// <summary>Bounds of AddressName.</summary>
internal static class AddressNames
{
    public static string Check(string name, int limit, LongNames longNames)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_') && c is not (>= '\u4e00' and <= '\u9fff'))
            {
                throw new CloudFault("InvalidParameterValue", $"AddressName `{name}` holds `{c}`; allowed are letters, digits, Chinese characters, `-` and `_`.");
            }
        }

        if (limit <= 0 || name.Length <= limit || longNames == LongNames.Take)
        {
            return name;
        }

        return longNames == LongNames.Cut
            ? name[..limit]
            : throw new CloudFault("InvalidParameterValue.TooLong", $"AddressName `{name}` has {name.Length} characters; at most {limit} are allowed.");
    }
}
