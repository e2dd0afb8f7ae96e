using System.Globalization;
using System.Runtime.CompilerServices;

namespace PodEip.TestKit.Waiting;

/// <summary>
/// Waits for a condition of the real world, such as a cluster, to come true. A passing test waits no longer than it must; the limit is only
/// for failing, and is generous because machines are shared. For code under fake time, advance the clock instead.
/// </summary>
public static class Eventually
{
    /// <summary>The limit where none is given.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until the condition is true.</summary>
    /// <param name="condition">Asked again and again; an exception counts as false and is shown on failure.</param>
    /// <param name="limit">How long it may take; <see cref="DefaultLimit"/> if null.</param>
    /// <param name="description">Says what was waited for; the condition's own text if not given.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="EventuallyException">It did not come true in time.</exception>
    public static Task BecomesTrueAsync(
        Func<bool> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string description = "", CancellationToken cancellation = default) =>
        BecomesAsync(_ => Task.FromResult(condition()), static value => value, limit, description, cancellation);

    /// <inheritdoc cref="BecomesTrueAsync(Func{bool}, TimeSpan?, string, CancellationToken)"/>
    public static Task BecomesTrueAsync(
        Func<CancellationToken, Task<bool>> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string description = "", CancellationToken cancellation = default) =>
        BecomesAsync(condition, static value => value, limit, description, cancellation);

    /// <summary>Waits until an observation is acceptable, and returns it. Prefer this to a bare condition: on failure it shows what was seen last.</summary>
    /// <param name="observe">Looks at the world; an exception counts as not acceptable and is shown on failure.</param>
    /// <param name="accept">Whether what was seen is what is waited for.</param>
    /// <param name="limit">How long it may take; <see cref="DefaultLimit"/> if null.</param>
    /// <param name="description">Says what was waited for; the text of <paramref name="accept"/> if not given.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="EventuallyException">Nothing acceptable was seen in time.</exception>
    public static async Task<T> BecomesAsync<T>(
        Func<CancellationToken, Task<T>> observe, Func<T, bool> accept, TimeSpan? limit = null,
        [CallerArgumentExpression(nameof(accept))] string description = "", CancellationToken cancellation = default)
    {
        var allowed = limit ?? DefaultLimit;
        var start = TimeProvider.System.GetTimestamp();
        var last = "nothing";
        var tries = 0;
        Exception? cause = null;
        using var timer = new CancellationTokenSource(allowed, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        do
        {
            tries++;
            try
            {
                var seen = await observe(both.Token);
                if (accept(seen))
                    return seen;
                (last, cause) = (Shown(seen), null);
            }
            catch (OperationCanceledException) when (timer.IsCancellationRequested)
            {
                // The limit came while it was looking; what it saw before is what there is to show.
                last = tries == 1 ? "no answer to the first look" : last;
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                // The world not being there yet is the ordinary case (connection refused, 404).
                (last, cause) = ($"{e.GetType().Name}: {e.Message}", e);
            }

            cancellation.ThrowIfCancellationRequested();
            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
        while (TimeProvider.System.GetElapsedTime(start) < allowed);

        throw new EventuallyException(
            string.Create(CultureInfo.InvariantCulture, $"Waited {allowed.TotalSeconds:0.#} s in vain for: {description}\nLast seen after {tries} looks: {last}"), cause);
    }

    /// <summary>Waits until an assertion passes, that is, throws nothing.</summary>
    /// <exception cref="EventuallyException">It still failed at the limit; the message holds its last failure.</exception>
    public static Task PassesAsync(
        Func<CancellationToken, Task> assertion, TimeSpan? limit = null, [CallerArgumentExpression(nameof(assertion))] string description = "", CancellationToken cancellation = default) =>
        BecomesAsync(
            async token =>
            {
                await assertion(token);
                return true;
            },
            static passed => passed, limit, description, cancellation);

    private static string Shown<T>(T seen) => seen switch
    {
        null => "null",
        string text => text,
        System.Collections.IEnumerable many => "[" + string.Join(", ", many.Cast<object?>()) + "]",
        _ => seen.ToString() ?? "null",
    };
}
