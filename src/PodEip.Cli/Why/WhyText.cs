using System.Globalization;
using PodEip.Claims.Explain;
using PodEip.Cli.Writing;

namespace PodEip.Cli.Why;

/// <summary>An explanation as a page of text.</summary>
/// <param name="terminal">For its colours.</param>
/// <param name="now">For ages.</param>
internal sealed class WhyText(Terminal terminal, DateTimeOffset now)
{
    private const int LabelWidth = 11;

    /// <summary>The lines.</summary>
    public IEnumerable<string> Lines(Explanation explanation)
    {
        yield return terminal.Paint(explanation.Heading, explanation.Verdict switch
        {
            Verdict.Trouble => Colour.Red,
            Verdict.Well => Colour.Green,
            Verdict.UnderWay => Colour.Yellow,
            _ => Colour.Bold,
        });
        foreach (var line in explanation.Findings.SelectMany(Finding))
        {
            yield return line;
        }

        foreach (var line in Section("Asked for", explanation.Asked.Select(l => Labelled(l.Label, l.Text)))
            .Concat(Section("Where it stands", explanation.Standing.Select(l => Labelled(l.Label, l.Text))))
            .Concat(Section("Conditions", explanation.Conditions.SelectMany(Condition)))
            .Concat(Section("Events, the latest first", explanation.Events.SelectMany(Event)))
            .Concat(Section("Could not be looked at", explanation.Unseen.Select(text => "  " + text))))
        {
            yield return line;
        }
    }

    private IEnumerable<string> Finding(Finding finding)
    {
        yield return "";
        yield return Labelled(finding.IsTrouble ? "Cause" : "Note", $"{finding.Reason}: {finding.Cause}.");
        if (!string.IsNullOrEmpty(finding.Detail))
        {
            yield return Labelled("", finding.Detail);
        }

        yield return Labelled("Do next", finding.Next);
    }

    private IEnumerable<string> Section(string head, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        return all.Count == 0 ? [] : ["", terminal.Paint(head, Colour.Bold), .. all];
    }

    private IEnumerable<string> Condition(ConditionLine line)
    {
        yield return Labelled(line.Type, $"{line.Status} for {Age.Since(line.Since, now)}: {line.Reason}, {line.Meaning}");
        if (!string.IsNullOrEmpty(line.Message))
        {
            yield return Labelled("", line.Message);
        }
    }

    private IEnumerable<string> Event(EventLine line)
    {
        var (fact, times) = (line.Fact, line.Fact.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({line.Fact.Count} times)") : "");
        yield return Labelled(Age.Since(fact.At, now), $"{(fact.IsWarning ? "Warning " : "")}{fact.Reason}{times} on {fact.On}: {fact.Message}");
    }

    private static string Labelled(string label, string text) => $"  {label.PadRight(LabelWidth)} {text.ReplaceLineEndings(" ")}".TrimEnd();
}
