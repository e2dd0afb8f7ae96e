namespace PodEip.Claims.Stock;

/// <summary>When the sweep must not go on: it destroys what looks unneeded, and so must doubt what it sees.</summary>
public static class SweepRules
{
    /// <summary>Fewer claims than this are too few to tell a loss from an ordinary end.</summary>
    private const int Enough = 5;

    /// <summary>Claims that held addresses have all but vanished: fewer than a fifth of those that should be there are.</summary>
    /// <param name="expected">Claims that held addresses at the last look, without those whose end was carried out here since.</param>
    /// <param name="now">Claims that do now.</param>
    /// <param name="isHalted">It was found so before: then it is over only when half of them are back.</param>
    public static bool HaveVanished(int expected, int now, bool isHalted) => expected >= Enough && (isHalted ? now * 2 < expected : now * 5 < expected);

    /// <summary>How long most addresses must be missing, while others of ours are seen, until that is news: no other region would show those.</summary>
    public static readonly TimeSpan LongestDoubt = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Most addresses that claims name are missing at once: more than half, and at least three. While none of ours is seen at all that is doubted
    /// without end; while others are seen, for <see cref="LongestDoubt"/>.
    /// </summary>
    /// <param name="named">Addresses that claims name.</param>
    /// <param name="missing">Those of them that reads by id do not find.</param>
    /// <param name="othersAreSeen">An address of ours was read since the missing ones are missing.</param>
    /// <param name="lasted">How long most have been missing.</param>
    public static bool LooksLikeAnotherCloud(int named, int missing, bool othersAreSeen, TimeSpan lasted) =>
        MostAreMissing(named, missing) && (!othersAreSeen || lasted < LongestDoubt);

    /// <summary>More than half, and at least three.</summary>
    /// <param name="named">Addresses that claims name.</param>
    /// <param name="missing">Those of them that reads by id do not find.</param>
    public static bool MostAreMissing(int named, int missing) => missing >= 3 && missing * 2 > named;
}
