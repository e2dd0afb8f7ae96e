namespace PodEip.Controller.Hosting;

/// <summary>
/// Sees the ports through which the leader changes the world (the cloud, claims, the journal) before they are used. In
/// production nothing stands between; the crash matrix puts a wrapper here that ends the process at a chosen side effect.
/// </summary>
public interface IPortWrapper
{
    /// <summary>What is used in place of a port.</summary>
    /// <typeparam name="T">The port, an interface.</typeparam>
    /// <param name="port">The real one.</param>
    T Wrap<T>(T port)
        where T : class;
}
