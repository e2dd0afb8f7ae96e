using PodEip.Claims.Explain;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Cloud.Routes;

namespace PodEip.Cli.Doctoring.Checks;

/// <summary>
/// May the credentials do what the controller does? Reads are called; writes only with ids that can't exist, since a missing permission is told before a missing
/// resource. What would buy or change something whatever the id (AllocateAddresses, TagResources) is not probed: the claims say if it is refused.
/// </summary>
internal sealed class PermissionsCheck : IDoctorCheck
{
    private const string Address = "eip-00000000";
    private const string Table = "rtb-00000000";

    private static readonly (string Action, string For, Func<IElasticIpCloud, CancellationToken, Task> Call)[] Probes =
    [
        ("cvm:DescribeAddresses", "anything at all", (c, t) => c.DescribeAddressesAsync(new AddressQuery { Limit = 1 }, t)),
        ("vpc:DescribeNetworkInterfaces", "finding the Pods' interfaces", (c, t) => c.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery { Limit = 1 }, t)),
        ("cvm:DescribeAddressQuota", "quota-aware waiting", (c, t) => c.DescribeQuotaAsync(t)),
        ("cvm:DescribeInstances", "Node capacity", (c, t) => c.DescribeInstancesAsync(new InstanceQuery { Limit = 1 }, t)),
        ("vpc:DescribeSubnets", "telling which way packets leave", (c, t) => c.DescribeSubnetsAsync(new SubnetQuery { Limit = 1 }, t)),
        ("vpc:DescribeRouteTables", "telling which way packets leave", (c, t) => c.DescribeRouteTablesAsync(new RouteTableQuery { Limit = 1 }, t)),
        ("cvm:AssociateAddress", "binding", (c, t) => c.AssociateAddressAsync(Address, new NetworkTarget("eni-00000000", "192.0.2.1"), t)),
        ("cvm:DisassociateAddress", "unbinding", (c, t) => c.DisassociateAddressAsync(Address, t)),
        ("cvm:ReleaseAddresses", "giving addresses back", (c, t) => c.ReleaseAddressesAsync([Address], t)),
        ("cvm:ModifyAddressAttribute", "marking fixed addresses", (c, t) => c.RenameAddressAsync(Address, "probe", t)),
        ("cvm:ModifyAddressesBandwidth", "changing the bandwidth", (c, t) => c.ModifyBandwidthAsync([Address], 1, t)),
        ("vpc:CreateRoutes", "doctor --fix, routes --apply and --manage-eip-routes only", (c, t) => c.CreateRoutesAsync(Table, [new NewRoute("0.0.0.0/0", GatewayTypes.Eip, GatewayTypes.EipGatewayId, "probe")], t)),
        ("vpc:DeleteRoutes", "--manage-eip-routes only", (c, t) => c.DeleteRoutesAsync(Table, ["rti-00000000"], t)),
    ];

    /// <inheritdoc/>
    public string Name => "permissions";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> RunAsync(DoctorSight sight, CancellationToken cancellationToken)
    {
        if (sight.Cloud is not { } cloud)
        {
            return [new(Name, DoctorState.Skipped, "the cloud was not asked: no --region", "Say --region (and have credentials as the controller has them) to check credentials, permissions and the clock.")];
        }

        List<DoctorFinding> found = [];
        foreach (var (action, purpose, call) in Probes)
        {
            try
            {
                await call(cloud, cancellationToken);
            }
            catch (CloudException e) when (e.ErrorClass is CloudErrorClass.Credentials)
            {
                // The same for every action.
                return [.. found, new("credentials", DoctorState.Trouble, e.Message, ErrorWords.Of(e.ErrorClass).Next)];
            }
            catch (CloudException e) when (e.ErrorClass is CloudErrorClass.Permission)
            {
                // Many never add routes, and are right not to allow it.
                found.Add(new(Name, purpose.EndsWith(" only", StringComparison.Ordinal) ? DoctorState.Note : DoctorState.Trouble, $"{action} is not allowed (needed for {purpose}): {e.Message}", $"Add {action} to the policy of these credentials (deploy/cam)."));
            }
            catch (CloudException e) when (e.ErrorClass is CloudErrorClass.Unclear or CloudErrorClass.Throttled)
            {
                found.Add(new(Name, DoctorState.Skipped, $"{action} could not be probed: {e.Message}", null));
                if (e.ErrorClass is CloudErrorClass.Unclear)
                {
                    return found;
                }
            }
            catch (CloudException)
            {
                // Refused for what was named, which can't exist: so it is allowed.
            }
        }

        return found;
    }
}
