using PodEip.Api;
using PodEip.Api.Resources;
using PodEip.Claims.Planning;
using PodEip.Claims.Stock;
using PodEip.Claims.View;
using PodEip.Cloud;
using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>What others changed: found, counted, and tags that are put back.</content>
public sealed partial class ControllerCore
{
    private const int FirstTagPauseSeconds = 10;
    private const int LongestTagPauseSeconds = 600;

    private readonly HashSet<AddressEntry> _untagged = [];

    /// <summary>Counts what is found changed about a claim's address, once each time it begins.</summary>
    private void NoteDrift(ClaimView view)
    {
        var found = Drift.Find(view);
        if (found is DriftKind.None && !_notes.ContainsKey(view.Key))
        {
            return;
        }

        var notes = Notes(view.Key);
        var news = found & ~notes.Drift;
        notes.Drift = found;
        if (news is not DriftKind.None)
        {
            _occurrences.Add(new Occurrence.Drifted(news, view.Address!.Id, view.Key));
        }
    }

    /// <summary>Keeps account of addresses of ours that read without our tag.</summary>
    private void NoteTag(AddressEntry entry)
    {
        if (!entry.LacksTag || entry.IsGone)
        {
            if (_untagged.Remove(entry))
            {
                entry.TagTries = 0;
            }

            return;
        }

        if (_untagged.Add(entry))
        {
            entry.TagAt = Now;
            if (entry.Holder is null)
            {
                // With a claim it is counted as the claim's.
                _occurrences.Add(new Occurrence.Drifted(DriftKind.Untagged, entry.Id, null));
            }
        }
    }

    /// <summary>A claim's status says that this address was bought: without a tag it is ours all the same.</summary>
    private void LearnOwn(EipClaim claim, AddressEntry entry)
    {
        if (claim.Status.Origin is AddressOrigin.Own && !entry.IsKnownOwn)
        {
            _book.Change(entry, e => e.IsKnownOwn = true);
            NoteTag(entry);
        }
    }

    /// <summary>Tags that are missing are put back, ten addresses a call, ever more rarely while it does not help.</summary>
    private void PlanTags(DateTimeOffset now)
    {
        if (_untagged.Count == 0)
        {
            return;
        }

        foreach (var chunk in _untagged.Where(e => MayBeTagged(e) && e.TagAt <= now).OrderBy(e => e.TagAt).Chunk(ReleaseRules.MostPerCall).ToList())
        {
            foreach (var entry in chunk)
            {
                entry.TagAt = now + FailurePace.Doubling(FirstTagPauseSeconds, LongestTagPauseSeconds, entry.TagTries++);
            }

            Calls.Add(new QueuedCall.Tag([.. chunk.Select(e => e.Id)]));
        }
    }

    private DateTimeOffset? NextTagDue() => _untagged.Where(MayBeTagged).Select(e => (DateTimeOffset?)e.TagAt).Min();

    /// <summary>One that never had its tag lost nothing: its purchase is completed whatever the policy.</summary>
    private bool MayBeTagged(AddressEntry entry) =>
        entry is { LacksTag: true, IsGone: false } && (_settings.Planner.Drift is DriftPolicy.Repair || entry is { BoughtAt: not null, WasTagged: false });

    private void OnTagAnswer(QueuedCall.Tag call, CloudException? error, DateTimeOffset now)
    {
        foreach (var id in call.AddressIds)
        {
            var entry = Known(id, now);
            if (error is null)
            {
                _book.WantRead(entry, now + _settings.Book.PollInterval);
            }
            else if (entry.Holder is { } holder)
            {
                // What is denied is said on the claim, and its end need not wait for it.
                Enqueue(holder, false);
                EnqueueAfter(holder, entry.TagAt - now);
            }
        }
    }

    /// <summary>A claim ends and what it held would never be found again: somebody must hear of it.</summary>
    private void TellWhatIsLeft(AddressEntry entry, ClaimKey holder)
    {
        if (entry is { LacksTag: true, IsGone: false } && !MayBeTagged(entry))
        {
            _occurrences.Add(new Occurrence.LeftBehind(entry.Id, entry.Observed?.PublicIp, holder));
        }
    }
}
