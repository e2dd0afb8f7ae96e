using System.Text;

namespace PodEip.Kubernetes.Events;

/// <summary>Keeps notes within the server's limit of 1,024 bytes, without cutting a character in two.</summary>
internal static class Note
{
    public const int MaxBytes = 1024;

    private const char Cut = '…';

    public static string Fit(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MaxBytes)
        {
            return text;
        }

        var fitting = new StringBuilder();
        var left = MaxBytes - Encoding.UTF8.GetByteCount([Cut]);
        foreach (var rune in text.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0)
            {
                break;
            }

            fitting.Append(rune.ToString());
        }

        return fitting.Append(Cut).ToString();
    }
}
