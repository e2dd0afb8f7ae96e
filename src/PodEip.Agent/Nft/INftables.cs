using PodEip.Agent.Masquerade;

namespace PodEip.Agent.Nft;

/// <summary>The kernel's nftables, as far as our own tables go.</summary>
public interface INftables
{
    /// <summary>Applies a script as one transaction.</summary>
    /// <exception cref="NftException">It was refused; nothing of it holds.</exception>
    Task ApplyAsync(string script, CancellationToken cancellationToken);

    /// <summary>Lists our table of a family; null when there is none.</summary>
    /// <exception cref="NftException">It can't be listed.</exception>
    Task<KernelTable?> ListAsync(IpFamily family, CancellationToken cancellationToken);

    /// <summary>The families in which there is a table of ours.</summary>
    /// <exception cref="NftException">They can't be listed.</exception>
    Task<IReadOnlySet<IpFamily>> FindTablesAsync(CancellationToken cancellationToken);
}
