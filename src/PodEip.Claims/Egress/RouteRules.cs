using PodEip.Cloud.Routes;

namespace PodEip.Claims.Egress;

/// <summary>What a table's read says about the routes that this system set out to add. Only what carries our mark is ours.</summary>
public static class RouteRules
{
    /// <summary>Our route to a destination; null when there is none.</summary>
    /// <param name="table">The table as read.</param>
    /// <param name="destination">IPv4 range.</param>
    /// <param name="mark">Our description.</param>
    public static Route? Ours(RouteTable table, string destination, string mark) =>
        table.Routes.FirstOrDefault(route => route is { GatewayType: GatewayTypes.Eip, IsUsers: true }
            && string.Equals(route.Destination, destination, StringComparison.Ordinal)
            && string.Equals(route.Description, mark, StringComparison.Ordinal));

    /// <summary>The state of a recorded route after a read of its table.</summary>
    /// <param name="state">As recorded.</param>
    /// <param name="ours">Our route as read; null when it is not there.</param>
    /// <param name="absenceCounts">The read is late enough after our write for an absence to be believed.</param>
    /// <returns>The new state; null when the route is no concern of ours any more.</returns>
    public static ManagedRouteState? AfterRead(ManagedRouteState state, Route? ours, bool absenceCounts) => (state, ours) switch
    {
        (_, { IsEnabled: true }) => ManagedRouteState.Added,
        (ManagedRouteState.Added, { IsEnabled: false }) => ManagedRouteState.LeftAlone,
        (ManagedRouteState.Adding, { IsEnabled: false }) => ManagedRouteState.LeftAlone,
        (ManagedRouteState.LeftAlone, _) => ManagedRouteState.LeftAlone,
        (_, null) when !absenceCounts => state,
        (ManagedRouteState.Adding, null) => null,
        _ => ManagedRouteState.LeftAlone,
    };

    /// <summary>Destinations to add an EIP route for.</summary>
    /// <param name="finding">What the table does now.</param>
    /// <param name="recorded">States by destination.</param>
    public static IReadOnlyList<string> ToAdd(EgressFinding finding, IReadOnlyDictionary<string, ManagedRouteState> recorded) =>
        [.. finding.Missing.Where(destination => !recorded.ContainsKey(destination)).Distinct(StringComparer.Ordinal)];
}
