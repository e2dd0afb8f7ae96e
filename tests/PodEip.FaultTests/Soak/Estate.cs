using System.Collections.Concurrent;
using PodEip.Api;
using PodEip.CloudSim.Model;
using PodEip.Scenes;

namespace PodEip.FaultTests.Soak;

/// <summary>The addresses and names of a soak, and what must never happen to them.</summary>
internal sealed class Estate
{
    private readonly ConcurrentDictionary<ClaimKey, byte> _mayEnd = new();

    public Estate(Scene scene, IReadOnlyList<string> spaces)
    {
        Spaces = spaces;
        Given = [.. Enumerable.Range(0, 6).Select(_ => scene.GiveAddress().Id)];
        Outside = scene.GiveAddress().Id;
        scene.Model.ForceBindInstance(Outside, scene.Cvms[0].Id, "NAT");
        Foreign = scene.GiveAddress().Id;
        scene.Model.ChangeAddress(Foreign, address => address with { Tags = address.Tags.SetItem("podeip-cluster", "another/cluster") });
    }

    /// <summary>Namespaces.</summary>
    public IReadOnlyList<string> Spaces { get; }

    /// <summary>Given addresses that Pods name.</summary>
    public IReadOnlyList<string> Given { get; }

    /// <summary>A given address that is bound outside; Pods name it too.</summary>
    public string Outside { get; }

    /// <summary>An address of another cluster.</summary>
    public string Foreign { get; }

    /// <summary>Fixed claims of that name may end from now on: somebody deleted them, or their workload.</summary>
    public void MayEnd(ClaimKey key) => _mayEnd[key] = 0;

    public bool MayHaveEnded(ClaimKey key) => _mayEnd.ContainsKey(key);

    /// <summary>What was done to addresses that nobody may touch, or that may not be released; empty when all is well.</summary>
    public IReadOnlyList<string> Thefts(Scene scene) =>
    [
        .. Given.Append(Outside).Append(Foreign).Where(id => scene.Model.FindAddress(id) is null).Select(id => $"{id} was released"),
        .. scene.Model.FindAddress(Outside) is { Status: AddressStatus.Bind } ? (IEnumerable<string>)[] : [$"{Outside}, bound outside, was unbound"],
        .. scene.Model.FindAddress(Foreign) is { Status: AddressStatus.Unbind, Tags: var tags } && tags["podeip-cluster"] == "another/cluster" ? (IEnumerable<string>)[] : [$"{Foreign} of another cluster was changed"],
    ];
}
