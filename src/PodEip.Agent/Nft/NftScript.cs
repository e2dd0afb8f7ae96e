using System.Globalization;
using System.Text;
using PodEip.Agent.Masquerade;

namespace PodEip.Agent.Nft;

/// <summary>Words rules as scripts for <c>nft -f -</c>. nft sends a script as one transaction: all of it holds from one moment on, or none.</summary>
public static class NftScript
{
    /// <summary>Our table's name, in each family.</summary>
    public const string Table = "podeip";

    /// <summary>The chain's name.</summary>
    public const string Chain = "postrouting";

    // Just before srcnat, where iptables, kube-proxy and the stock agent translate.
    private const string Hook = "type nat hook postrouting priority srcnat - 10; policy accept;";

    /// <summary>nft's word for a family.</summary>
    public static string Word(IpFamily family) => family is IpFamily.V4 ? "ip" : "ip6";

    /// <summary>Puts the rules in the place of whatever our tables hold. The old ones act until the new ones do.</summary>
    /// <param name="wanted">The rules.</param>
    /// <param name="surplus">Families in which we have a table and shall have none.</param>
    public static string Replace(RuleSet wanted, IEnumerable<IpFamily> surplus)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(surplus);
        var script = new StringBuilder(Remove(surplus));
        foreach (var table in wanted.Tables)
        {
            // A table can only be deleted that is there.
            script.Append(CultureInfo.InvariantCulture, $"add table {Word(table.Family)} {Table}\ndelete table {Word(table.Family)} {Table}\n");
            Append(script, table);
        }

        return script.ToString();
    }

    /// <summary>Deletes our tables.</summary>
    /// <param name="families">Where there is one.</param>
    public static string Remove(IEnumerable<IpFamily> families) => string.Concat(families.Select(family => $"delete table {Word(family)} {Table}\n"));

    /// <summary>Takes single addresses in and out, and touches nothing else.</summary>
    /// <param name="held">What the kernel holds.</param>
    /// <param name="wanted">What it shall hold, of the same shape.</param>
    /// <returns>Empty when nothing differs.</returns>
    public static string Change(RuleSet held, RuleSet wanted)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(wanted);
        var script = new StringBuilder();
        foreach (var (before, after) in held.Tables.Zip(wanted.Tables))
        {
            foreach (var (old, now) in before.Sets.Zip(after.Sets))
            {
                AppendElements(script, "delete", after.Family, now, old.Singles.Where(address => !now.Singles.Contains(address)));
                AppendElements(script, "add", after.Family, now, now.Singles.Where(address => !old.Singles.Contains(address)));
            }
        }

        return script.ToString();
    }

    private static void Append(StringBuilder script, TableRules table)
    {
        script.Append(CultureInfo.InvariantCulture, $"table {Word(table.Family)} {Table} {{\n");
        var type = table.Family is IpFamily.V4 ? "ipv4_addr" : "ipv6_addr";
        foreach (var set in table.Sets)
        {
            script.Append(CultureInfo.InvariantCulture, $"  {Kind(set)} {set.Name} {{ type {type}{(set.Kind is AddressSetKind.IdentityMap ? $" : {type}" : "")};");
            script.Append(set.Kind is AddressSetKind.Intervals ? " flags interval;" : "");
            var elements = set.Kind is AddressSetKind.Intervals ? set.Ranges.Select(range => range.ToString()) : Elements(table.Family, set, set.Singles);
            AppendList(script, " elements = ", elements);
            script.Append(" }\n");
        }

        script.Append(CultureInfo.InvariantCulture, $"  chain {Chain} {{\n    {Hook}\n");
        foreach (var rule in table.Rules)
        {
            script.Append(CultureInfo.InvariantCulture, $"    {rule}\n");
        }

        script.Append("  }\n}\n");
    }

    private static void AppendElements(StringBuilder script, string verb, IpFamily family, AddressSet set, IEnumerable<UInt128> addresses)
    {
        var before = script.Length;
        if (AppendList(script, $"{verb} element {Word(family)} {Table} {set.Name} ", Elements(family, set, addresses)))
        {
            script.Append('\n');
        }
        else
        {
            script.Length = before;
        }
    }

    private static bool AppendList(StringBuilder script, string lead, IEnumerable<string> elements)
    {
        var any = false;
        foreach (var element in elements)
        {
            script.Append(any ? ", " : lead + "{ ").Append(element);
            any = true;
        }

        script.Append(any ? " }" : "");
        return any;
    }

    private static IEnumerable<string> Elements(IpFamily family, AddressSet set, IEnumerable<UInt128> addresses) =>
        addresses.Order().Select(address => IpRange.Text(family, address)).Select(text => set.Kind is AddressSetKind.IdentityMap ? $"{text} : {text}" : text);

    private static string Kind(AddressSet set) => set.Kind is AddressSetKind.IdentityMap ? "map" : "set";
}
