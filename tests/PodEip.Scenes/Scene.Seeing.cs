using System.Runtime.CompilerServices;
using PodEip.CloudSim.Model;
using PodEip.TestKit.Waiting;
using k8s.Models;

namespace PodEip.Scenes;

/// <content>What becomes of Pods.</content>
internal sealed partial class Scene
{
    /// <summary>Pod, claim and address of that name now.</summary>
    public async Task<Sight> LookAsync(string space, string name, CancellationToken cancellation)
    {
        var claim = await ClaimAsync(space, name, cancellation);
        return new(await FindPodAsync(space, name, cancellation), claim, claim?.Status.AddressId is { } id ? Model.FindAddress(id) : null);
    }

    /// <summary>Waits until what is seen of that name is acceptable.</summary>
    public async Task<Sight> SeesAsync(
        string space, string name, Func<Sight, bool> accept, CancellationToken cancellation, TimeSpan? limit = null, [CallerArgumentExpression(nameof(accept))] string description = "")
    {
        try
        {
            return await Eventually.BecomesAsync(token => LookAsync(space, name, token), accept, limit, $"{space}/{name}: {description}", cancellation);
        }
        catch (EventuallyException e)
        {
            throw new EventuallyException($"{e.Message}\n{await StoryAsync(space, name)}", e);
        }
    }

    /// <summary>Waits until the Pod of that name has its address, and everything agrees.</summary>
    public Task<Sight> BoundAsync(string space, string name, CancellationToken cancellation, TimeSpan? limit = null) =>
        SeesAsync(space, name, sight => sight.IsBound, cancellation, limit);

    /// <summary>Waits until the claim says why it isn't ready.</summary>
    public Task<Sight> WaitsForAsync(string space, string name, string reason, CancellationToken cancellation) =>
        SeesAsync(space, name, sight => sight.Reason == reason, cancellation, description: $"reason {reason}");

    /// <summary>Waits until there is neither a Pod nor a claim of that name.</summary>
    public Task<Sight> GoneAsync(string space, string name, CancellationToken cancellation) =>
        SeesAsync(space, name, sight => sight is { Pod: null, Claim: null }, cancellation);

    /// <summary>Waits until so many Pods of a namespace are there and all have their address; returns them by Pod name.</summary>
    public async Task<IReadOnlyDictionary<string, Sight>> AllBoundAsync(string space, int count, CancellationToken cancellation, TimeSpan? limit = null)
    {
        IReadOnlyDictionary<string, Sight> seen = new Dictionary<string, Sight>();
        try
        {
            return await Eventually.BecomesAsync(
                async token => seen = await LookAtAllAsync(space, token),
                all => all.Values.Count(sight => sight.IsBound) == count && all.Count == count,
                limit, $"{count} Pods of {space} to be bound", cancellation);
        }
        catch (EventuallyException)
        {
            var unbound = seen.Where(pair => !pair.Value.IsBound).ToList();
            var story = unbound.Count == 0 ? "" : await StoryAsync(space, unbound[0].Key);
            throw new EventuallyException(
                $"{seen.Count - unbound.Count} of {count} Pods of {space} are bound, {seen.Count} names are there. Not bound:\n{string.Join('\n', unbound.Take(10).Select(pair => $"{pair.Key}: {pair.Value}"))}\n{story}", null);
        }
    }

    /// <summary>Every name of a namespace that has a Pod or a claim.</summary>
    public async Task<IReadOnlyDictionary<string, Sight>> LookAtAllAsync(string space, CancellationToken cancellation)
    {
        var claims = (await ClaimsAsync(space, cancellation)).ToDictionary(claim => claim.Metadata.Name);
        var pods = (await Client.CoreV1.ListNamespacedPodAsync(space, cancellationToken: cancellation)).Items.ToDictionary(pod => pod.Metadata.Name);
        return claims.Keys.Union(pods.Keys).ToDictionary(name => name, name =>
        {
            var claim = claims.GetValueOrDefault(name);
            return new Sight(pods.GetValueOrDefault(name), claim, claim?.Status.AddressId is { } id ? Model.FindAddress(id) : null);
        });
    }

    /// <summary>Waits for an event about that name.</summary>
    public async Task<Corev1Event> EventAsync(string space, string kind, string name, string reason, CancellationToken cancellation)
    {
        var seen = await Eventually.BecomesAsync(
            async token => (await Client.CoreV1.ListNamespacedEventAsync(space, fieldSelector: $"involvedObject.kind={kind},involvedObject.name={name}", cancellationToken: token)).Items,
            events => events.Any(e => e.Reason == reason), description: $"an event {reason} on {kind} {space}/{name}", cancellation: cancellation);
        return seen.First(e => e.Reason == reason);
    }

    /// <summary>Elastic addresses that carry our tag: bought by the controller and not released.</summary>
    public IReadOnlyList<ElasticAddress> OwnAddresses => [.. Model.Addresses.Where(address => address.Tags.ContainsKey("podeip-cluster"))];

    private async Task<V1Pod?> FindPodAsync(string space, string name, CancellationToken cancellation) =>
        (await Client.CoreV1.ListNamespacedPodAsync(space, fieldSelector: $"metadata.name={name}", cancellationToken: cancellation)).Items.FirstOrDefault();

    /// <summary>What all its controllers printed.</summary>
    public IEnumerable<string> Lines => ((ControllerRun[])[Controller, .. _replicas]).SelectMany(controller => controller.Lines);

    /// <summary>What a failed test needs to be understood: events and the controller's log about a name.</summary>
    private async Task<string> StoryAsync(string space, string name)
    {
        var events = (await Client.CoreV1.ListNamespacedEventAsync(space, fieldSelector: $"involvedObject.name={name}")).Items;
        var lines = Lines.Where(line => line.Contains($"{space}/{name}", StringComparison.Ordinal) || line.Contains("warn", StringComparison.OrdinalIgnoreCase)).TakeLast(60);
        return $"Events:\n{string.Join('\n', events.Select(e => $"  {e.Type} {e.Reason}: {e.Message}"))}\nThe controller ({(Controller.Process.HasEnded ? "ended" : "running")}):\n  {string.Join("\n  ", lines)}";
    }
}
