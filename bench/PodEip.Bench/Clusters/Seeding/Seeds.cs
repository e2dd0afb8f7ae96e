using System.Globalization;
using PodEip.Api;
using PodEip.CloudSim.Model;
using PodEip.Kubernetes.Api;
using PodEip.Scenes;

namespace PodEip.Bench.Clusters.Seeding;

/// <summary>
/// States of many objects: one is made by all the real parts, and the others are written as it is, into etcd and the cloud. Binding ten thousand by
/// the controller takes minutes, in which nothing is measured.
/// </summary>
internal static class Seeds
{
    /// <summary>Secondary private IPs of an ENI, as the machines would have it.</summary>
    private const int IpsPerEni = 30;

    /// <summary>Pods that run, with bound claims. The controller must not run: it is to find them.</summary>
    /// <param name="bed">Where.</param>
    /// <param name="like">A Pod whose claim is bound.</param>
    /// <param name="names">Their names.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task ClaimsAsync(ClusterBed bed, string like, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var pod = await ObjectTemplate.ReadAsync(bed.Scene.Api, ResourcePath.Core("v1", "pods", bed.Space, like), cancellationToken);
        var claim = await ObjectTemplate.ReadAsync(bed.Scene.Api, Scene.ClaimPath(bed.Space, like), cancellationToken);
        var bound = (await bed.Scene.ClaimAsync(bed.Space, like, cancellationToken))!;
        var address = bed.Scene.Model.FindAddress(bound.Status.AddressId!)!;
        var host = HostIp(bed, bed.Scene.Cvms.Single(cvm => cvm.Name == bound.Status.NodeName));
        var objects = new List<(string, string)>(2 * names.Count);
        foreach (var lot in names.Chunk(IpsPerEni))
        {
            var cvm = bed.NextMachine(lot.Length);
            var eni = bed.Scene.Model.CreateEni(cvm.SubnetId, cvm.Id);
            foreach (var (name, ip) in lot.Zip(bed.Scene.Model.AssignPrivateIps(eni.Id, lot.Length)))
            {
                var own = bed.Scene.Model.AddAddress(name: address.Name, tags: address.Tags, isp: address.Isp, bandwidth: address.Bandwidth ?? 0);
                bed.Scene.Model.ForceBind(own.Id, eni.Id, ip);
                var words = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [like] = name, [pod.Uid] = NewUid(), [claim.Uid] = NewUid(), [bound.Status.PrivateIp!] = ip, [bound.Status.PublicIp!] = own.PublicIp!, [address.Id] = own.Id,
                    [bound.Status.NetworkInterfaceId!] = eni.Id, [bound.Status.NodeName!] = cvm.Name, [host] = HostIp(bed, cvm),
                };
                objects.Add((PodKey(bed, name), pod.With(words)));
                objects.Add(($"{PodEipNames.Group}/{PodEipNames.Plural}/{bed.Space}/{name}", claim.With(words)));
            }
        }

        await PutAsync(bed, objects, cancellationToken);
    }

    /// <summary>Pods without any annotation, which no scheduler looks at and no machine runs: to the controller they are Pods as others.</summary>
    public static async Task OthersAsync(ClusterBed bed, int from, int count, CancellationToken cancellationToken)
    {
        var like = string.Create(CultureInfo.InvariantCulture, $"others-{from}");
        await bed.Scene.CreateAsync(
            bed.Space,
            Pods.New(like, attributes: null, change: pod =>
            {
                pod.Metadata.Annotations = null;
                pod.Spec.SchedulerName = "nobody";
            }),
            cancellationToken);
        var template = await ObjectTemplate.ReadAsync(bed.Scene.Api, ResourcePath.Core("v1", "pods", bed.Space, like), cancellationToken);
        var names = Enumerable.Range(from, count - 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"other-{i}"));
        await PutAsync(
            bed, names.Select(name => (PodKey(bed, name), template.With(new Dictionary<string, string>(StringComparer.Ordinal) { [like] = name, [template.Uid] = NewUid() }))), cancellationToken);
    }

    private static async Task PutAsync(ClusterBed bed, IEnumerable<(string, string)> objects, CancellationToken cancellationToken)
    {
        using var etcd = new EtcdStore(bed.Scene.Plane.OpenEtcd());
        await etcd.PutAllAsync(objects, cancellationToken);
    }

    private static string PodKey(ClusterBed bed, string name) => $"pods/{bed.Space}/{name}";

    private static string HostIp(ClusterBed bed, Cvm cvm) => bed.Scene.Model.FindEni(cvm.PrimaryEniId)!.Ips[0].Ip;

    private static string NewUid() => Guid.NewGuid().ToString("D");
}
