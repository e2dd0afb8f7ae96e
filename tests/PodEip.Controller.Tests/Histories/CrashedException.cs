namespace PodEip.Controller.Tests.Histories;

/// <summary>The process died here.</summary>
internal sealed class CrashedException() : Exception("the process died");
