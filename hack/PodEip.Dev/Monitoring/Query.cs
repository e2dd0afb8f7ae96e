namespace PodEip.Dev.Monitoring;

/// <summary>A curve, or several, of a panel.</summary>
/// <param name="Legend">Its name; may use <c>{{label}}</c>.</param>
/// <param name="Expression">In PromQL.</param>
public sealed record Query(string Legend, string Expression);
