using System.Globalization;
using Microsoft.AspNetCore.Builder;
using PodEip.CloudSim.Fabric;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Control;

internal sealed partial class ControlFace
{
    /// <summary>The network, once it is built.</summary>
    public CloudFabric? Fabric { get; set; }

    private CloudFabric Built => Fabric ?? throw new CloudFault("ResourceNotFound", "There is no network: this simulator runs without --fabric.");

    private void MapFabric(WebApplication app)
    {
        Route(app, "GET", "/fabric", http => WriteAsync(http, Built.View, Json.FabricView));
        Route(app, "GET", "/fabric/visits", http =>
        {
            var after = http.Request.Query["after"].ToString();
            var known = 0L;
            if (after.Length > 0 && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out known))
            {
                throw new CloudFault("InvalidParameterValue", $"after is `{after}`; it must be a sequence number.");
            }

            return WriteAsync(http, Built.Visits(known), Json.IReadOnlyListVisit);
        });
    }
}
