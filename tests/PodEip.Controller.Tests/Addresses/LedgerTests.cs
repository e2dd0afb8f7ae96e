using PodEip.Controller.Addresses;
using Xunit;

namespace PodEip.Controller.Tests.Addresses;

public sealed class LedgerTests
{
    private readonly Ledger _ledger = new();

    [Fact]
    public void A_reservation_holds_until_the_status_says_it_too()
    {
        _ledger.Reserve(Sample.Web0, Sample.Start, "eip-1");
        Assert.Equal("eip-1", _ledger.AddressOf(Sample.Web0));
        Assert.Equal(Sample.Web0, _ledger.HolderOf("eip-1", null, null));

        // A status without an address, read meanwhile, takes nothing back.
        Assert.Empty(_ledger.Refer(Sample.Claim(Sample.Web0)));
        Assert.Equal("eip-1", _ledger.AddressOf(Sample.Web0));

        Assert.Contains("eip-1", _ledger.Refer(Sample.Claim(Sample.Web0, "eip-1")));
        Assert.Equal(Sample.Web0, _ledger.HolderOf("eip-1", null, null));
    }

    [Fact]
    public void Of_two_that_name_one_address_the_one_that_matches_the_clouds_binding_wins()
    {
        _ = _ledger.Refer(Sample.Claim(Sample.Web0, "eip-1", Sample.HereIp, Sample.Start));
        _ = _ledger.Refer(Sample.Claim(Sample.Web1, "eip-1", Sample.ThereIp, Sample.Start.AddHours(1)));
        Assert.Equal(Sample.Web1, _ledger.HolderOf("eip-1", null, Sample.ThereIp));
        Assert.Equal(Sample.Web1, _ledger.HolderOf("eip-1", Sample.Web0, Sample.ThereIp));
        Assert.Equal(Sample.Web0, _ledger.HolderOf("eip-1", Sample.Web1, Sample.HereIp));
    }

    [Fact]
    public void Else_the_older_wins_but_who_holds_it_keeps_it()
    {
        _ = _ledger.Refer(Sample.Claim(Sample.Web1, "eip-1", Sample.ThereIp, Sample.Start));
        _ = _ledger.Refer(Sample.Claim(Sample.Web0, "eip-1", Sample.HereIp, Sample.Start.AddHours(1)));
        Assert.Equal(Sample.Web1, _ledger.HolderOf("eip-1", null, null));
        Assert.Equal(Sample.Web1, _ledger.HolderOf("eip-1", null, new("eni-z", "10.9.9.9")));
        Assert.Equal(Sample.Web0, _ledger.HolderOf("eip-1", Sample.Web0, null));
    }

    [Fact]
    public void Of_equal_age_the_order_of_names_decides_whatever_the_order_of_arrival()
    {
        foreach (var keys in new[] { new[] { Sample.Web0, Sample.Web1 }, [Sample.Web1, Sample.Web0] })
        {
            var ledger = new Ledger();
            foreach (var key in keys)
            {
                _ = ledger.Refer(Sample.Claim(key, "eip-1"));
            }

            Assert.Equal(Sample.Web0, ledger.HolderOf("eip-1", null, null));
        }
    }

    [Fact]
    public void A_claim_that_moves_frees_what_it_had_and_both_are_told()
    {
        _ = _ledger.Refer(Sample.Claim(Sample.Web0, "eip-1"));
        Assert.Equal(["eip-1", "eip-2"], _ledger.Refer(Sample.Claim(Sample.Web0, "eip-2")));
        Assert.Null(_ledger.HolderOf("eip-1", Sample.Web0, null));
        Assert.Equal(Sample.Web0, _ledger.HolderOf("eip-2", null, null));
        Assert.Equal("eip-2", _ledger.AddressOf(Sample.Web0));
    }

    [Fact]
    public void A_dropped_claim_leaves_the_address_to_whoever_else_names_it()
    {
        _ = _ledger.Refer(Sample.Claim(Sample.Web0, "eip-1", createdAt: Sample.Start));
        _ = _ledger.Refer(Sample.Claim(Sample.Web1, "eip-1", createdAt: Sample.Start.AddHours(1)));
        Assert.Equal("eip-1", _ledger.Drop(Sample.Web0));
        Assert.Equal(Sample.Web1, _ledger.HolderOf("eip-1", Sample.Web0, null));
        Assert.Null(_ledger.AddressOf(Sample.Web0));
        Assert.Null(_ledger.Drop(Sample.Web0));
    }
}
