using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Marks;
using PodEip.Claims.Planning;
using PodEip.Claims.View;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>Steps that need no write to Kubernetes: reservations, calls to the cloud, and what a wait waits for.</content>
public sealed partial class ControllerCore
{
    /// <summary>What became of a step.</summary>
    public enum Applied
    {
        /// <summary>It needs I/O: the caller carries it out.</summary>
        Not,

        /// <summary>Done in memory: plan again at once.</summary>
        PlanAgain,

        /// <summary>Done: the key rests until something wakes it.</summary>
        Rest,
    }

    /// <summary>Carries out what needs no I/O.</summary>
    public Applied Apply(ClaimView view, Step step)
    {
        NoteDrift(view);
        // What was set aside for it is the next one's only after this one has, or has not, taken it.
        if (step is Step.Take take && _purchases.OfferOf(view.Key) is null && _book.Find(take.AddressId) is { IndexedStock: not null })
        {
            // Whom something was set aside for had its turn then.
            _purchases.TookTurn(view.Key);
        }

        var passedOn = step is Step.Wait { Needs: Need.Purchase } ? null : _purchases.NoLongerWants(view.Key);
        var applied = ApplyInMemory(view, step);
        Deal(passedOn);
        return applied;
    }

    private Applied ApplyInMemory(ClaimView view, Step step)
    {
        var key = view.Key;
        switch (step)
        {
            case Step.Rest:
                Notes(key).Waiting = null;
                return Applied.Rest;
            case Step.Wait wait:
                Register(view, wait);
                return Applied.Rest;
            case Step.Take take:
                _ledger.Reserve(key, view.Claim!.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue, take.AddressId);
                var taken = Known(take.AddressId, Now);
                if (taken.IsRipe)
                {
                    _occurrences.Add(new Occurrence.Reused(taken.Id, taken.Observed?.PublicIp, key));
                }

                Rehold(taken);
                DoubtWhatMayBeGone(taken, view.Claim!);
                return Applied.PlanAgain;
            case Step.Resize resize:
                Begin(resize.AddressId, new PendingWrite(WriteKind.Resize) { BandwidthMbps = resize.BandwidthMbps });
                Send(new QueuedCall.Resize(resize.AddressId, resize.BandwidthMbps, key));
                return Applied.Rest;
            case Step.Associate bind:
                Begin(bind.AddressId, new PendingWrite(WriteKind.Associate, bind.Target), e =>
                {
                    e.Write!.MightBindBefore = e.MayYetBind;
                    e.MayYetBind = true;
                    e.UnbindRefusedAt = null;
                });
                Send(new QueuedCall.Associate(bind.AddressId, bind.Target, key, view.Pod!.Uid));
                return Applied.Rest;
            case Step.Disassociate unbind:
                Begin(unbind.AddressId, new PendingWrite(WriteKind.Disassociate));
                Send(new QueuedCall.Disassociate(unbind.AddressId, key), first: unbind.ProtectsStranger);
                return Applied.Rest;
            case Step.Rename rename:
                Begin(rename.AddressId, new PendingWrite(WriteKind.Rename));
                Send(new QueuedCall.Rename(rename.AddressId, rename.Name, key));
                return Applied.Rest;
            default:
                return Applied.Not;
        }
    }

    /// <summary>
    /// True while a bind that waits in line is still right: its Pod is there, has that private IP and is not ending. Asked
    /// again at the last moment, because the private IP may have been handed on since it was planned.
    /// </summary>
    public bool IsStillWanted(QueuedCall call) => call switch
    {
        QueuedCall.Associate bind => IsStillWanted(bind),
        QueuedCall.Resize resize => _book.Find(resize.AddressId)?.Holder == resize.Key,
        QueuedCall.DropRoutes drop => !(_egress?.IsInUse(drop.RouteTableId) ?? false),
        _ => true,
    };

    private bool IsStillWanted(QueuedCall.Associate bind) =>
        (_pods.Find(bind.Key) is { IsEnding: false, HasEnded: false } pod
            && string.Equals(pod.Uid, bind.PodUid, StringComparison.Ordinal)
            && string.Equals(pod.PrivateIp, bind.Target.PrivateIp, StringComparison.Ordinal)
            && _pods.StrangerAt(bind.Target.PrivateIp) is null);

    /// <summary>A call was taken out of line and is not sent after all.</summary>
    public void OnWithdrawn(QueuedCall call)
    {
        if (call is QueuedCall.Associate bind)
        {
            _book.Change(Known(bind.AddressId, Now), e =>
            {
                e.MayYetBind = e.Write?.MightBindBefore ?? false;
                e.Write = null;
            });
            Enqueue(bind.Key, false);
        }

        if (call is QueuedCall.Resize resize)
        {
            _book.Change(Known(resize.AddressId, Now), e => e.Write = null);
        }

        if (call is QueuedCall.DropRoutes drop)
        {
            _routes.OnRemoved(drop.RouteTableId, isDone: false, Now);
        }
    }

    /// <summary>
    /// Soon after this process began, the read that shows an unbound address may be older than its release. One that carries a fixed mark is taken
    /// without any write of its own; and without an election a release that was asked for just before may still come, which a fixed claim must not
    /// meet. It is read once more before the claim says that it has it.
    /// </summary>
    private void DoubtWhatMayBeGone(AddressEntry entry, EipClaim claim)
    {
        var from = _startedAt + _settings.Book.ReadLag;
        var mayGo = AddressName.IsFixed(entry.Name) || (claim.IsFixed() && !_settings.IsElected && entry.BoughtAt is null);
        if (mayGo && entry.State is AddressState.Unbound && entry.ObservedAt < from)
        {
            _book.Change(entry, e => e.TrustReadsFrom = from);
            _book.WantRead(entry, from);
        }
    }

    private void Begin(string addressId, PendingWrite write, Action<AddressEntry>? also = null) => _book.Change(Known(addressId, Now), e =>
    {
        e.Write = write;
        e.ReadsSinceWrite = 0;
        also?.Invoke(e);
    });

    private void Send(QueuedCall call, bool first = false)
    {
        Calls.Add(call, first);
        Stir();
    }

    private void Register(ClaimView view, Step.Wait wait)
    {
        var now = Now;
        var key = view.Key;
        if (wait.Until is { } until)
        {
            EnqueueAfter(key, until > now ? until - now : TimeSpan.FromMilliseconds(1));
        }

        switch (wait.Needs)
        {
            case Need.Purchase need:
                Deal(_purchases.Want(key, need.Attributes, now, view.Claim?.Metadata.CreationTimestamp));
                Deal(need.Attributes.Hash);
                Stir();
                break;
            case Need.AddressRead need:
                foreach (var id in need.Ids)
                {
                    var entry = Known(id, now);
                    if (BookIsComplete)
                    {
                        // What was just read is read again only after a while.
                        var recheck = _settings.Planner.AddressRecheck * 0.9;
                        _book.WantRead(entry, entry.IsGone ? now + recheck : entry is { Observed: not null, ReadDue: false } ? Later(now, entry.ObservedAt + recheck) : now);
                    }

                    _waiters.Add(Waiters.Address(id), key);
                }

                Stir();
                break;
            case Need.TargetRead need:
                _interfaces.Want(need.PrivateIp, now);
                _waiters.Add(Waiters.Interface(need.PrivateIp), key);
                Stir();
                break;
            case Need.Yield need:
                Enqueue(need.Holder, true);
                break;
        }

        if (wait.Reason is Reasons.AddressBoundOutside && view.Address is { } elsewhere)
        {
            NoteStray(Known(elsewhere.Id, now));
        }

        if (view.Carried is not null && view.Pod?.PrivateIp is { } ip)
        {
            _waiters.Add(Waiters.PrivateIp(ip), key);
        }

        if (view.Address is null)
        {
            foreach (var given in view.Given)
            {
                _waiters.Add(Waiters.Address(given.Id), key);
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
