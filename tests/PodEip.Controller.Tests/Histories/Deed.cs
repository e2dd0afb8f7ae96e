namespace PodEip.Controller.Tests.Histories;

/// <summary>One thing that happens in a history; small numbers, so that a failing history shrinks well.</summary>
internal sealed record Deed(int Kind, int A, int B);
