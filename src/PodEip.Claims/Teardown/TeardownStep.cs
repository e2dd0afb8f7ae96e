using PodEip.Claims.Marks;
using PodEip.Cloud.Addresses;

namespace PodEip.Claims.Teardown;

/// <summary>The one next thing to do for an address, from the plan and from what the cloud says of it now.</summary>
public abstract record TeardownStep
{
    private TeardownStep()
    {
    }

    /// <summary>The cloud works on it.</summary>
    public sealed record Wait : TeardownStep;

    /// <summary>Take it off where the plan saw it.</summary>
    public sealed record Unbind : TeardownStep;

    /// <summary>Give it its mark.</summary>
    /// <param name="Name">The mark.</param>
    public sealed record Rename(string Name) : TeardownStep;

    /// <summary>Give it back for good.</summary>
    public sealed record Release : TeardownStep;

    /// <summary>The goal is reached.</summary>
    public sealed record Done : TeardownStep;

    /// <summary>It changed since the plan: nothing more is done to it.</summary>
    /// <param name="Why">For people.</param>
    public sealed record Stop(string Why) : TeardownStep;

    /// <summary>The next step.</summary>
    /// <param name="record">The plan for it.</param>
    /// <param name="now">As just read by id; null when there is no such address any more.</param>
    /// <param name="mark">The cluster's mark: read afresh each time, since only what carries it is touched.</param>
    public static TeardownStep Next(TeardownRecord record, Address? now, ClusterMark mark)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(mark);
        if (record.Action is TeardownAction.Leave)
        {
            return new Done();
        }

        if (now is null)
        {
            return record.Action is TeardownAction.Keep ? new Stop("it no longer exists in the cloud") : new Done();
        }

        if (record.IsOwn && !mark.IsOn(now.Tags))
        {
            return new Stop("it no longer carries this cluster's tag");
        }

        if (!record.IsOwn && ClusterMark.IsManaged(now.Tags))
        {
            return new Stop("a controller's tag was put on it meanwhile");
        }

        return now.Status switch
        {
            AddressStatus.Bound => WhileBound(record, now),
            AddressStatus.Unbound => WhileUnbound(record, now),
            AddressStatus.Unknown => new Stop("its status is not known to this program"),
            _ => new Wait(),
        };
    }

    private static TeardownStep WhileBound(TeardownRecord record, Address now)
    {
        if (!record.MayUnbind || now.Target != record.Address.Target || now.InstanceId is { } instance && now.Target is null && instance != record.Address.InstanceId)
        {
            return new Stop($"it was bound meanwhile, {TeardownPlan.Where(now)}");
        }

        return now.CascadeRelease && record.Action is not TeardownAction.Release ? new Stop("unbinding would release it (CascadeRelease)") : new Unbind();
    }

    private static TeardownStep WhileUnbound(TeardownRecord record, Address now) => record switch
    {
        { Action: TeardownAction.Release, IsOwn: true } => new Release(),
        { Action: TeardownAction.Keep, Rename: { } name } when name != now.Name => new Rename(name),
        _ => new Done(),
    };
}
