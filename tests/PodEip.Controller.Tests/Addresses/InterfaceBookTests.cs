using PodEip.Claims.View;
using PodEip.Cloud.Addresses;
using PodEip.Cloud.Network;
using PodEip.Controller.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Addresses;

public sealed class InterfaceBookTests
{
    private const string Ip = "10.0.1.5";
    private const string Other = "10.0.1.6";

    private static readonly DateTimeOffset Start = Sample.Start;
    private readonly InterfaceBook _book = new(new BookSettings());

    private static NetworkInterface Eni(string id, params string[] ips) => new() { Id = id, PrivateIps = [.. ips.Select(ip => new PrivateIp(ip, false, null, "AVAILABLE"))] };

    [Fact]
    public void A_few_look_ups_are_made_at_once_and_no_more_than_one_for_each_poll_interval_in_the_long_run()
    {
        var made = 0;
        for (var now = Start; now < Start.AddSeconds(60); now += TimeSpan.FromMilliseconds(50))
        {
            _book.Want($"10.0.2.{made}", now);
            made += _book.TakeDue(now).Count > 0 ? 1 : 0;
            Assert.True(made >= 4 || made == 1 + (int)((now - Start).TotalMilliseconds / 50));
        }

        Assert.Equal(63, made);
    }

    [Fact]
    public void What_the_cloud_showed_bound_needs_no_look_up()
    {
        _book.Want(Ip, Start);
        _book.Learn(new NetworkTarget("eni-a", Ip));
        Assert.Null(_book.NextDue);
        Assert.Equal(new TargetLookup.Found(new("eni-a", Ip)), _book.Lookup(Ip, Start));

        // What a look-up found is not doubted for it.
        _book.Learn(new NetworkTarget("eni-b", Ip));
        Assert.Equal(new TargetLookup.Found(new("eni-a", Ip)), _book.Lookup(Ip, Start));
    }

    [Fact]
    public void Those_that_come_within_a_poll_interval_share_a_call()
    {
        var book = new InterfaceBook(new BookSettings { LookUpsAtOnce = 1 });
        Assert.Null(book.NextDue);
        book.Want(Ip, Start);
        Assert.Equal(Start, book.NextDue);
        Assert.Equal([Ip], book.TakeDue(Start));

        book.Want(Other, Start.AddMilliseconds(100));
        book.Want("10.0.1.7", Start.AddMilliseconds(900));
        Assert.Empty(book.TakeDue(Start.AddMilliseconds(999)));
        Assert.Equal(Start.AddSeconds(1), book.NextDue);
        Assert.Equal([Other, "10.0.1.7"], book.TakeDue(Start.AddSeconds(1)));
        Assert.Null(book.NextDue);
    }

    [Fact]
    public void What_is_under_way_is_not_asked_again()
    {
        _book.Want(Ip, Start);
        _ = _book.TakeDue(Start);
        _book.Want(Ip, Start.AddSeconds(5));
        Assert.Null(_book.NextDue);
    }

    [Fact]
    public void No_more_share_a_call_than_one_takes()
    {
        var book = new InterfaceBook(new BookSettings { MostPerRead = 2 });
        foreach (var ip in new[] { "10.0.1.1", "10.0.1.2", "10.0.1.3" })
        {
            book.Want(ip, Start);
        }

        Assert.Equal(2, book.TakeDue(Start).Count);
        Assert.Single(book.TakeDue(Start.AddSeconds(1)));
    }

    [Fact]
    public void Found_is_believed_and_only_available_ips_count()
    {
        _book.Want(Ip, Start);
        _book.Want(Other, Start);
        _ = _book.TakeDue(Start);
        Assert.IsType<TargetLookup.Unknown>(_book.Lookup(Ip, Start));
        var migrating = new NetworkInterface { Id = "eni-b", PrivateIps = [new PrivateIp(Other, false, null, "MIGRATING")] };
        _book.OnRead([Ip, Other], [Eni("eni-a", Ip, "10.0.1.99"), migrating], Start);
        Assert.Equal(new TargetLookup.Found(new("eni-a", Ip)), _book.Lookup(Ip, Start));
        Assert.IsType<TargetLookup.Unknown>(_book.Lookup(Other, Start));
        Assert.IsType<TargetLookup.Unknown>(_book.Lookup("10.0.1.99", Start));
    }

    [Fact]
    public void Missing_is_believed_after_a_minute_and_looked_for_ever_more_rarely()
    {
        var asked = new List<TimeSpan>();
        for (var now = Start; now <= Start.AddMinutes(11); now += TimeSpan.FromMilliseconds(500))
        {
            _book.Want(Ip, now);
            if (_book.TakeDue(now).Count > 0)
            {
                asked.Add(now - Start);
                _book.OnRead([Ip], [], now);
            }

            var isBelieved = _book.Lookup(Ip, now) is TargetLookup.OnNoInterface;
            Assert.Equal(now - Start >= TimeSpan.FromMinutes(1), isBelieved);
        }

        Assert.Equal(TimeSpan.FromSeconds(2), asked[1]);
        Assert.InRange(asked.Count(a => a <= TimeSpan.FromMinutes(1)), 29, 32);
        Assert.InRange(asked.Count(a => a > TimeSpan.FromMinutes(1)), 2, 3);

        // It turns up after all.
        var later = Start.AddMinutes(20);
        _book.Want(Ip, later);
        Assert.Equal([Ip], _book.TakeDue(later));
        _book.OnRead([Ip], [Eni("eni-a", Ip)], later);
        Assert.IsType<TargetLookup.Found>(_book.Lookup(Ip, later));
    }

    [Fact]
    public void A_look_up_that_failed_proves_nothing_and_is_repeated_after_a_pause()
    {
        _book.Want(Ip, Start);
        _ = _book.TakeDue(Start);
        _book.OnFailed([Ip], Start.AddMinutes(2));
        Assert.IsType<TargetLookup.Unknown>(_book.Lookup(Ip, Start.AddMinutes(2)));
        _book.Want(Ip, Start.AddMinutes(2));
        Assert.Equal(Start.AddMinutes(2).AddSeconds(2), _book.NextDue);
    }

    [Fact]
    public void What_is_distrusted_is_asked_again_at_once()
    {
        _book.Want(Ip, Start);
        _ = _book.TakeDue(Start);
        _book.OnRead([Ip], [Eni("eni-a", Ip)], Start);
        var later = Start.AddMinutes(1);
        _book.Distrust(Ip, later);
        Assert.IsType<TargetLookup.Unknown>(_book.Lookup(Ip, later));
        Assert.Equal([Ip], _book.TakeDue(later));
        _book.OnRead([Ip], [Eni("eni-b", Ip)], later);
        Assert.Equal(new TargetLookup.Found(new("eni-b", Ip)), _book.Lookup(Ip, later));
    }

    [Fact]
    public void What_is_forgotten_is_neither_known_nor_asked_nor_learnt_from_a_late_answer()
    {
        _book.Want(Ip, Start);
        _ = _book.TakeDue(Start);
        _book.Want(Other, Start);
        _book.Forget(Ip);
        _book.Forget(Other);
        Assert.Null(_book.NextDue);
        _book.OnRead([Ip], [Eni("eni-a", Ip)], Start);
        Assert.IsType<TargetLookup.Unknown>(_book.Lookup(Ip, Start));
    }
}
