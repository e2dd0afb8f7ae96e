using System.Reflection;
using PodEip.Controller.Hosting;

namespace PodEip.MortalController;

/// <summary>Puts a <see cref="MortalPort"/> before each port.</summary>
/// <param name="died">Deaths that were died already.</param>
internal sealed class MortalPorts(IReadOnlySet<string> died) : IPortWrapper
{
    public T Wrap<T>(T port)
        where T : class
    {
        var mortal = DispatchProxy.Create<T, MortalPort>();
        ((MortalPort)(object)mortal).Init(typeof(T), port, died);
        return mortal;
    }
}
