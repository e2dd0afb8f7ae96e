using PodEip.Cloud;

namespace PodEip.Controller.Nodes;

/// <summary>A read of machines failed.</summary>
/// <param name="ErrorClass">What it means.</param>
/// <param name="Message">The cloud's words.</param>
/// <param name="RetryAt">When it is tried again.</param>
internal sealed record MachineReadFailure(CloudErrorClass ErrorClass, string Message, DateTimeOffset RetryAt);
