namespace PodEip.Dev.Monitoring;

/// <summary>A series for the test of an alert.</summary>
/// <param name="Series">Name and labels, as <c>podeip_claims{phase="Failed"}</c>.</param>
/// <param name="Values">Values in promtool's notation, one a minute: <c>0+1x60</c> grows by one, <c>1x60</c> stays.</param>
public sealed record Sample(string Series, string Values);
