namespace PodEip.Dev.Monitoring;

/// <summary>
/// One alert, with series at which it fires and at which it does not: both are generated, the rule and its test by <c>promtool</c>.
/// </summary>
/// <param name="Name">Its name, which is also its heading in <c>docs/runbooks.md</c>.</param>
/// <param name="Expression">In PromQL. Fires for each series it yields.</param>
/// <param name="Severity">How soon to look.</param>
/// <param name="Summary">One line; may use <c>{{ $labels.x }}</c> and <c>{{ $value }}</c>.</param>
/// <param name="Trouble">Series in promtool's notation, one value a minute, at which it fires after an hour at the latest.</param>
/// <param name="Health">Series at which it never does.</param>
public sealed record Alert(string Name, string Expression, Severity Severity, string Summary, Sample[] Trouble, Sample[] Health)
{
    /// <summary>For how many minutes the expression must hold.</summary>
    public int ForMinutes { get; init; } = 5;

    /// <summary>After how many minutes of <see cref="Trouble"/> the test looks.</summary>
    public int TestMinutes { get; init; } = 60;
}
