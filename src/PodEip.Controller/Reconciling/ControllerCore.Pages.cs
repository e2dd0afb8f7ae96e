using PodEip.Controller.Addresses;

namespace PodEip.Controller.Reconciling;

/// <content>The pages of the list of own addresses.</content>
public sealed partial class ControllerCore
{
    private bool _listing;
    private bool _listFailed;
    private int _pagesUnderWay;
    private int _pageSize;

    /// <summary>Where the next page begins.</summary>
    private int _pagesTo;

    private void BeginList()
    {
        (_listing, _listFailed, _pagesUnderWay, _pagesTo) = (true, false, 1, 0);
        Calls.Add(new QueuedCall.ListOwn(0));
    }

    /// <summary>
    /// Asks for the pages that follow. Until everything is known once, nothing else may go on, so all are asked for at once, and only the cloud's rate limit
    /// bounds them; later it is one after another, and other reads come in between.
    /// </summary>
    /// <param name="offset">Where the page that was answered began.</param>
    /// <param name="page">The answer; null if it failed.</param>
    /// <returns>True when that was the last one.</returns>
    private bool TurnPage(int offset, CallResult? page)
    {
        _pagesUnderWay--;
        _listFailed |= page is null;
        if (offset == 0)
        {
            _pageSize = page?.Addresses.Count ?? 0;
        }

        if (page is not null && offset + _pageSize >= _pagesTo)
        {
            _pagesTo = offset + page.Addresses.Count;
        }

        while (page?.Addresses.Count > 0 && !_listFailed && _pagesTo < page.TotalCount && (!BookIsComplete || _pagesUnderWay == 0))
        {
            _pagesUnderWay++;
            Calls.Add(new QueuedCall.ListOwn(_pagesTo));
            _pagesTo += _pageSize;
        }

        _listing = _pagesUnderWay > 0;
        return !_listing;
    }
}
