namespace PodEip.Controller.Hosting;

/// <summary>Wraps nothing: what production uses.</summary>
public sealed class BarePorts : IPortWrapper
{
    /// <inheritdoc/>
    public T Wrap<T>(T port)
        where T : class => port;
}
