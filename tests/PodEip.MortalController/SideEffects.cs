using System.Reflection;
using PodEip.Cloud;
using PodEip.Controller.Addresses;
using PodEip.Controller.Egress;
using PodEip.Controller.Nodes;
using PodEip.Controller.Reconciling;

namespace PodEip.MortalController;

/// <summary>All side effects that the leader can have, read from its ports.</summary>
public static class SideEffects
{
    private static readonly string[] Reads = ["Describe", "Find", "Load", "Read"];

    /// <summary>The ports that the leader writes through. A test holds that nothing else in the controller writes.</summary>
    public static IReadOnlyList<Type> Ports { get; } = [typeof(IElasticIpCloud), typeof(IClaimWriter), typeof(IPurchaseJournal), typeof(IClusterRecord), typeof(IRouteRecord), typeof(INodeWriter)];

    /// <summary>Their names, such as <c>IClaimWriter.CreateAsync</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. from port in Ports from method in port.GetMethods() where IsOne(method) select NameOf(port, method)];

    /// <summary>True for a method that changes something: all whose names don't say that they read.</summary>
    public static bool IsOne(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return !Reads.Any(read => method.Name.StartsWith(read, StringComparison.Ordinal));
    }

    /// <summary>What a side effect is called.</summary>
    public static string NameOf(Type port, MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(port);
        ArgumentNullException.ThrowIfNull(method);
        return $"{port.Name}.{method.Name}";
    }
}
