using System.Diagnostics.CodeAnalysis;
using PodEip.Api;
using PodEip.Claims.Planning;
using PodEip.Cloud;
using PodEip.Cloud.Addresses;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>What the cloud answered.</content>
public sealed partial class ControllerCore
{
    private static readonly TimeSpan ReadRetry = TimeSpan.FromSeconds(2);

    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _placesToLearn = new(StringComparer.Ordinal);
    private long _listOrder;

    /// <summary>A call is about to be sent.</summary>
    public SentCall OnSent(QueuedCall call) => new(call, _book.NextOrder(), Now);

    /// <summary>A call was answered, or failed.</summary>
    /// <param name="sent">The call.</param>
    /// <param name="result">What it brought; null when it failed.</param>
    /// <param name="error">Why it failed; null when it did not.</param>
    public void OnAnswer(SentCall sent, CallResult? result, CloudException? error)
    {
        var now = Now;
        if (error is { ErrorClass: CloudErrorClass.Throttled })
        {
            // Refused before it was executed: the same call, first in line, at a slower pace.
            Calls.OnThrottled(sent.Call.Action, now);
            OnThrottled(sent.Call, error, now);
            Calls.Add(sent.Call, first: true);
            return;
        }

        if (error is not null)
        {
            _occurrences.Add(new Occurrence.CallFailed(sent.Call.Action, error.Message));
            if (error.ErrorClass is CloudErrorClass.Permission or CloudErrorClass.Credentials && Calls.HoldOf(sent.Call.Action, now) is null)
            {
                var pause = FailurePace.Of(error, 0, EventReasons.FailedAllocateEIP, _settings, now).RetryAt;
                Calls.Hold(sent.Call.Action, error, pause);
            }
        }

        _throttles.Remove(sent.Call.Action);
        switch (sent.Call)
        {
            case QueuedCall.Associate call:
                OnBindAnswer(call, error, now);
                break;
            case QueuedCall.Disassociate call:
                OnUnbindAnswer(call, error, now);
                break;
            case QueuedCall.Unclaim call:
                OnUnclaimAnswer(call, error, now);
                break;
            case QueuedCall.Rename call:
                OnRenameAnswer(call, error, now);
                break;
            case QueuedCall.Resize call:
                OnResizeAnswer(call, error, now);
                break;
            case QueuedCall.Release call:
                OnReleaseAnswer(call, error, now);
                break;
            case QueuedCall.Allocate call:
                OnPurchaseAnswer(call.Intent, result, error, now);
                break;
            case QueuedCall.Tag call:
                OnTagAnswer(call, error, now);
                break;
            case QueuedCall.ReadAddresses call:
                OnReadAnswer(sent, call, result, error, now);
                break;
            case QueuedCall.ListOwn call:
                OnListAnswer(sent, call, result, error, now);
                break;
            case QueuedCall.FindPurchase call:
                OnPurchaseFound(sent, call.Intent, result, error, now);
                break;
            case QueuedCall.FindCarried call:
                _carriedLookups.Remove(call.PrivateIp);
                ReadAll(sent, result, now);
                _waiters.Wake(Waiters.PrivateIp(call.PrivateIp), key => Enqueue(key, false));
                break;
            case QueuedCall.ReadQuota:
                OnQuotaAnswer(result, error, now);
                break;
            case QueuedCall.FindInterfaces call:
                OnInterfacesAnswer(call, result, error, now);
                break;
            case QueuedCall.FindInstances call:
                OnInstancesAnswer(call, result, error, now);
                break;
            case QueuedCall.FindAttached call:
                OnAttachedAnswer(call, result, error, now);
                break;
            case QueuedCall.ReadSubnets call:
                OnSubnetsAnswer(sent, call, result, error, now);
                break;
            case QueuedCall.ReadRouteTables call:
                OnRouteTablesAnswer(sent, call, result, error, now);
                break;
            case QueuedCall.AddRoutes call:
                OnAddRoutesAnswer(call, error, now);
                break;
            case QueuedCall.DropRoutes call:
                OnDropRoutesAnswer(call, error, now);
                break;
        }

        Stir();
    }

    /// <summary>A write on an address was answered: refused, it did not happen; else only a read tells what came of it.</summary>
    /// <param name="addressId">The address.</param>
    /// <param name="error">Why it failed; null when it was taken.</param>
    /// <param name="now">The time.</param>
    /// <param name="whenRefused">What a refusal says of the address, beside that nothing is under way on it.</param>
    private AddressEntry OnWriteAnswer(string addressId, CloudException? error, DateTimeOffset now, Action<AddressEntry, CloudException> whenRefused)
    {
        var entry = Known(addressId, now);
        _book.Change(entry, e =>
        {
            e.LastWriteOrder = _book.NextOrder();
            if (IsRefusal(error))
            {
                whenRefused(e, error);
                e.Write = null;
            }
            else if (e.Write is { } write)
            {
                write.AnsweredAt = now;
                write.IsUnclear = error is not null;
            }
        });
        return entry;
    }

    private static bool IsRefusal([NotNullWhen(true)] CloudException? error) => error is { MayHaveExecuted: false };

    /// <summary>Reads an address after a write: at once when it was refused, else when its task may be done.</summary>
    private void ReadAfter(AddressEntry entry, CloudException? error, DateTimeOffset now) =>
        _book.WantRead(entry, IsRefusal(error) ? now : now + _settings.Book.PollInterval);

    private void OnBindAnswer(QueuedCall.Associate call, CloudException? error, DateTimeOffset now)
    {
        var entry = OnWriteAnswer(call.AddressId, error, now, (e, refusal) =>
        {
            // Refused for its state: it is not as it read. It may be bound by a leader before this one.
            e.ReadDue = refusal.ErrorClass is CloudErrorClass.Busy or CloudErrorClass.Conflict or CloudErrorClass.NotFound;
            e.MayYetBind = (e.Write?.MightBindBefore ?? false) || refusal.ErrorClass is CloudErrorClass.Busy;
        });
        entry.MayHaveBeenBound |= !IsRefusal(error);
        if (error is null)
        {
            WantEgress(call.Target.NetworkInterfaceId);
        }

        ReadAfter(entry, error, now);
        if (error is not null)
        {
            Note(call.Key, error, EventReasons.FailedAssociateEIP, now);
            switch (error.ErrorClass)
            {
                case CloudErrorClass.Quota:
                    LookAtNodeSoon(call.Key, now);
                    break;
                case CloudErrorClass.Conflict:
                    WantCarriedLookup(call.Target.PrivateIp);
                    _waiters.Add(Waiters.PrivateIp(call.Target.PrivateIp), call.Key);
                    break;
                case CloudErrorClass.NotFound when !error.Code.Contains("Address", StringComparison.Ordinal) || error.Code.Contains("PrivateIp", StringComparison.Ordinal):
                    _interfaces.Distrust(call.Target.PrivateIp, now);
                    break;
            }
        }

        Enqueue(call.Key, false);
    }

    private void OnUnbindAnswer(QueuedCall.Disassociate call, CloudException? error, DateTimeOffset now)
    {
        var entry = OnWriteAnswer(call.AddressId, error, now, (e, refusal) =>
        {
            e.ReadDue = true;
            if (refusal.ErrorClass is CloudErrorClass.Busy or CloudErrorClass.NotFound)
            {
                e.UnbindRefusedAt ??= now;
                e.SettledAt = null;
            }
        });
        ReadAfter(entry, error, now);
        if (error is not null)
        {
            Note(call.Key, error, EventReasons.FailedAssociateEIP, now);
        }

        Enqueue(call.Key, false);
    }

    private void OnUnclaimAnswer(QueuedCall.Unclaim call, CloudException? error, DateTimeOffset now)
    {
        var entry = OnWriteAnswer(call.AddressId, error, now, (e, _) =>
        {
            e.ReadDue = true;
            e.UnclaimedNotBefore = now + _settings.SweepGrace;
        });
        _book.WantRead(entry, now + _settings.Book.PollInterval);
    }

    private void OnRenameAnswer(QueuedCall.Rename call, CloudException? error, DateTimeOffset now)
    {
        var entry = Known(call.AddressId, now);
        _book.Change(entry, e =>
        {
            e.LastWriteOrder = _book.NextOrder();
            e.Write = null;
            if (error is null)
            {
                e.Renamed = (call.Name, now);
            }
            else
            {
                e.ReadDue = error.ErrorClass is CloudErrorClass.Unclear or CloudErrorClass.Busy or CloudErrorClass.NotFound;
            }
        });
        if (error is not null)
        {
            _book.WantRead(entry, now);
            if (error.ErrorClass is CloudErrorClass.Permission && Calls.HoldOf(call.Action, now) is { } hold)
            {
                // Binding goes on without the mark, which is tried again when the hold is over.
                _occurrences.Add(new Occurrence.MarkDenied(call.Key, error.Message));
                EnqueueAfter(call.Key, hold.Until - now + TimeSpan.FromSeconds(1));
            }
            else
            {
                Note(call.Key, error, EventReasons.FailedAllocateEIP, now);
            }
        }

        Enqueue(call.Key, false);
    }

    private void OnReadAnswer(SentCall sent, QueuedCall.ReadAddresses call, CallResult? result, CloudException? error, DateTimeOffset now)
    {
        _idReadsUnderWay--;
        OnReadTrouble(error, now);
        if (result is null)
        {
            foreach (var id in call.Ids)
            {
                _book.WantRead(Known(id, now), now + ReadRetry);
            }

            return;
        }

        ReadAll(sent, result, now);
        var seen = result.Addresses.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in call.Ids.Where(id => !seen.Contains(id)))
        {
            var before = _book.Find(id);
            var publicIp = before?.Observed?.PublicIp;
            var wasReleasing = before?.Write is { Kind: WriteKind.Release };
            _book.OnAbsent(id, sent.Order, now);
            if (wasReleasing && before!.IsGone)
            {
                _occurrences.Add(new Occurrence.Released(id, publicIp, before.LastHolder, before.LastHolderUid));
                OnFreed(now);
            }
        }

        if (CloudLooksWrong || seen.Count < call.Ids.Count)
        {
            JudgeCloud();
        }
    }

    private void OnListAnswer(SentCall sent, QueuedCall.ListOwn call, CallResult? result, CloudException? error, DateTimeOffset now)
    {
        OnReadTrouble(error, now);
        if (result is not null)
        {
            if (call.Offset == 0)
            {
                _listed.Clear();
                _placesToLearn.Clear();
                _listOrder = sent.Order;
            }

            ReadAll(sent, result, now);
            _listed.UnionWith(result.Addresses.Select(a => a.Id));
        }

        if (!TurnPage(call.Offset, result))
        {
            return;
        }

        if (_listFailed)
        {
            _nextList = now + ReadRetry;
            return;
        }

        // What was bought just before this process began may not have been in the first list.
        _nextList = now + (BookIsComplete ? _settings.Book.Resync : _settings.Book.ReadLag);

        // A list may skip what moves while it is paged, and has neither given addresses nor own ones whose tag was removed: what
        // it lacks is asked for by id.
        foreach (var entry in _book.Entries.Where(e => !e.IsGone && e.ObservedOrder < _listOrder && !_listed.Contains(e.Id)).ToList())
        {
            _book.WantRead(entry, now);
        }

        TellIdle();
        if (CloudLooksWrong)
        {
            JudgeCloud();
        }

        if (BookIsComplete)
        {
            return;
        }

        BookIsComplete = true;
        foreach (var entry in _book.Entries.Where(e => e.State is Claims.View.AddressState.Unread).ToList())
        {
            _book.WantRead(entry, now);
        }

        // Whatever a former leader bound last may not show in reads yet: an address that reads as free where its claim
        // recorded a target is settled by an answered Disassociate, not by that read.
        foreach (var claim in _claims.All.Where(c => c.Status is { AddressId: not null, RetainedSince: null } && c.RecordedTarget() is not null))
        {
            var entry = Known(claim.Status.AddressId!, now);
            if (entry.Observed?.Status is not AddressStatus.Bound)
            {
                _book.Change(entry, e => e.MayYetBind = true);
            }
        }

        foreach (var key in AllKeys())
        {
            Enqueue(key, false);
        }
    }

    private void OnInterfacesAnswer(QueuedCall.FindInterfaces call, CallResult? result, CloudException? error, DateTimeOffset now)
    {
        if (result is null)
        {
            _interfaces.OnFailed(call.PrivateIps, now);
        }
        else
        {
            _interfaces.OnRead(call.PrivateIps, result.Interfaces, now);
            NoteInstances(result.Interfaces);
            PlaceInterfaces(result.Interfaces);
        }

        foreach (var ip in call.PrivateIps)
        {
            _waiters.Wake(Waiters.Interface(ip), key =>
            {
                if (error is not null)
                {
                    Note(key, error, EventReasons.FailedAssociateEIP, now);
                }

                Enqueue(key, false);
            });
        }
    }

    private void ReadAll(SentCall sent, CallResult? result, DateTimeOffset now)
    {
        foreach (var address in result?.Addresses ?? [])
        {
            _purchases.OnSeen(address.Id, address.Name);
            _book.OnRead(address, sent.Order, sent.BegunAt, now);
            if (_book.Find(address.Id) is { } read)
            {
                NoteTag(read);
            }

            if (address.Status is AddressStatus.Bound && _book.Find(address.Id) is { } entry)
            {
                // Two claims may name it: where the cloud has it bound decides.
                Rehold(entry);
                if (!BookIsComplete && entry.Observed is { Status: AddressStatus.Bound, Target: { } target })
                {
                    LearnPlace(target);
                }
            }
        }
    }

    /// <summary>
    /// The first list says where everything is bound: a private IP that carries an address is on that ENI, and need not be looked for. Of each ENI
    /// one is looked for all the same, to learn its subnet.
    /// </summary>
    private void LearnPlace(NetworkTarget target)
    {
        if (_pods.AnyAt(target.PrivateIp) && (_egress is null || _egress.Places.SubnetOf(target.NetworkInterfaceId) is not null || !_placesToLearn.Add(target.NetworkInterfaceId)))
        {
            _interfaces.Learn(target);
        }
    }

    private void OnReadTrouble(CloudException? error, DateTimeOffset now)
    {
        var had = _readTrouble is not null;
        _readTrouble = error is null ? null : FailurePace.Of(error, 0, EventReasons.FailedAllocateEIP, _settings, now);
        if (had != _readTrouble is not null)
        {
            foreach (var key in _claims.All.Where(c => !c.SaysBound()).Select(c => c.Key).ToList())
            {
                Enqueue(key, false);
            }
        }
    }

    private void Note(ClaimKey key, CloudException error, string eventReason, DateTimeOffset now)
    {
        var notes = Notes(key);
        notes.Failure = FailurePace.Of(error, notes.Failures++, eventReason, _settings, now).After(notes.Failure);
        EnqueueAfter(key, notes.Failure.RetryAt - now);
    }

    /// <summary>The claim reached its goal: the next failure is a first one.</summary>
    public void OnReached(ClaimKey key)
    {
        var notes = Notes(key);
        notes.Failures = 0;
        notes.Failure = null;
        notes.LastWarning = null;
        notes.Waiting = null;
    }
}
