using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.CloudSim.Model;

namespace PodEip.Controller.Tests.Histories;

/// <summary>What others do to the addresses of claims, behind the controller's back.</summary>
internal sealed class DriftDeeds(World world)
{
    private bool _hasReleased;

    /// <summary>Somebody unbinds an address, own or given.</summary>
    public void Unbind(Deed deed)
    {
        if (Pick(deed, _ => true) is { } claim && world.Model.FindAddress(claim.Status.AddressId!) is { IsBound: true, Status: AddressStatus.Bind } address)
        {
            world.Model.ForceUnbind(address.Id);
            world.Log.Add($"somebody unbound {address.Id}");
        }
    }

    /// <summary>Somebody removes the tag of an address that serves.</summary>
    public void Untag(Deed deed)
    {
        if (Pick(deed, claim => claim.SaysBound() && claim.Status.Origin is AddressOrigin.Own && claim.Metadata.DeletionTimestamp is null) is { } claim
            && world.Model.FindAddress(claim.Status.AddressId!) is { Status: AddressStatus.Bind } address)
        {
            world.Model.ChangeAddress(address.Id, a => a with { Tags = ElasticAddress.NoTags });
            world.Log.Add($"somebody untagged {address.Id}");
        }
    }

    /// <summary>Somebody releases an address: once in a history, since most of them gone at once is rather a wrong region.</summary>
    public void Release(Deed deed)
    {
        if (!_hasReleased && Pick(deed, claim => !claim.IsFixed() && claim.Status.Origin is AddressOrigin.Own) is { } claim
            && world.Model.FindAddress(claim.Status.AddressId!) is { Status: AddressStatus.Bind } address)
        {
            _hasReleased = true;
            world.Model.ForceRelease(address.Id);
            world.Log.Add($"somebody released {address.Id}");
        }
    }

    private EipClaim? Pick(Deed deed, Func<EipClaim, bool> accept)
    {
        var claims = world.Cluster.Claims.Values.Where(claim => claim.Status.AddressId is not null && accept(claim)).ToList();
        return claims.Count == 0 ? null : claims[deed.A % claims.Count];
    }
}
