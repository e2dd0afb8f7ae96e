using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>Which reads of the cloud are due.</content>
public sealed partial class ControllerCore
{
    private DateTimeOffset _nextList = DateTimeOffset.MinValue;
    private DateTimeOffset _nextIdRead = DateTimeOffset.MinValue;
    private int _idReadsUnderWay;
    private readonly HashSet<string> _carriedLookups = new(StringComparer.Ordinal);

    /// <summary>Puts the reads that are due in line.</summary>
    public void PlanReads()
    {
        var now = Now;
        if (!_listing && now >= _nextList)
        {
            BeginList();
        }

        if (_quota.TakeDue(now))
        {
            Calls.Add(new QueuedCall.ReadQuota());
        }

        PlanIdReads(now);
        PlanTags(now);
        PlanEgressReads(now);
        // The first list tells most ENIs, and nothing is bound before it is complete.
        if (BookIsComplete && _interfaces.TakeDue(now) is { Count: > 0 } ips)
        {
            Calls.Add(new QueuedCall.FindInterfaces(ips));
        }

        if (BookIsComplete && _nodes?.Machines.TakeDue(now) is { } machines)
        {
            Calls.Add(machines);
        }

        foreach (var purchase in _purchases.Open.Where(p => p.Stage is PurchaseStage.Unclear && p.LookAt <= now))
        {
            purchase.Stage = PurchaseStage.Looking;
            Calls.Add(new QueuedCall.FindPurchase(purchase.Intent));
        }
    }

    /// <summary>When the next read is due; null when none is.</summary>
    public DateTimeOffset? NextReadDue()
    {
        DateTimeOffset? next = _listing ? null : _nextList;
        if (BookIsComplete && _idReadsUnderWay == 0 && _book.NextDue is { } ids)
        {
            Sooner(ids > _nextIdRead ? ids : _nextIdRead);
        }

        if (NextTagDue() is { } tags)
        {
            Sooner(tags);
        }

        if (_quota.NextDue is { } quota)
        {
            Sooner(quota);
        }

        if (BookIsComplete && _egress?.NextDue is { } egress)
        {
            Sooner(egress);
        }

        if (BookIsComplete && _interfaces.NextDue is { } interfaces)
        {
            Sooner(interfaces);
        }

        if (BookIsComplete && _nodes?.Machines.NextDue is { } machines)
        {
            Sooner(machines);
        }

        foreach (var purchase in _purchases.Open.Where(p => p.Stage is PurchaseStage.Unclear))
        {
            Sooner(purchase.LookAt);
        }

        return next;

        void Sooner(DateTimeOffset at) => next = next is null || at < next ? at : next;
    }

    /// <summary>One read by id at a time: those that come up meanwhile share the next call. A long line goes on at once.</summary>
    private void PlanIdReads(DateTimeOffset now)
    {
        // Before the first list every id would be asked for one by one, only to be listed a moment later.
        if (!BookIsComplete || _idReadsUnderWay > 0 || now < _nextIdRead)
        {
            return;
        }

        var ids = _book.DueReads(now);
        if (ids.Count == 0)
        {
            return;
        }

        _idReadsUnderWay++;
        // In a crowd each waits longer for its turn to be sent than for its read: half the calls do. The last of them wait for nothing else.
        var isCrowd = ids.Count >= _settings.Book.Crowd && Calls.WaitFor(CloudAction.AssociateAddress) + Calls.WaitFor(CloudAction.DisassociateAddress) > _settings.Book.PollInterval;
        _nextIdRead = now + (ids.Count >= _settings.Book.MostPerRead ? _settings.Book.PollInterval / 10
            : isCrowd ? _settings.Book.PollInterval * 2
            : _settings.Book.PollInterval);
        _book.OnReadBegun(ids);
        Calls.Add(new QueuedCall.ReadAddresses(ids));
    }

    private void WantCarriedLookup(string privateIp)
    {
        if (_carriedLookups.Add(privateIp))
        {
            Calls.Add(new QueuedCall.FindCarried(privateIp));
            Stir();
        }
    }
}
