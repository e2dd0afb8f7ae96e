using Microsoft.Extensions.Logging;
using PodEip.Agent.Masquerade;
using PodEip.Agent.Nft;

namespace PodEip.Agent.Keeping;

/// <summary>Finds the agent's role on its node: the operator's, or the one that fits what is there.</summary>
/// <param name="choice">The operator's.</param>
/// <param name="stock">Looks for another ip-masq-agent.</param>
/// <param name="report">Tells people of the Node about trouble.</param>
/// <param name="logger">The log.</param>
public sealed partial class RoleFinder(RoleChoice choice, StockAgent stock, INodeReport report, ILogger<RoleFinder> logger)
{
    private MasqueradeRole? _last;
    private bool _hasWarned;

    /// <summary>The role now. What can't be found out leaves it as it was; at first that is the ip-masq-agent.</summary>
    public async Task<MasqueradeRole> FindAsync(CancellationToken cancellationToken)
    {
        if (choice is RoleChoice.Except)
        {
            return MasqueradeRole.Except;
        }

        string? found;
        try
        {
            found = await stock.FindAsync(cancellationToken);
        }
        catch (NftException e)
        {
            LogUnknown(StockAgent.Chain, e.Message);
            return _last ?? MasqueradeRole.Full;
        }

        if (choice is RoleChoice.Full)
        {
            Warn(found);
            return MasqueradeRole.Full;
        }

        var role = found is null ? MasqueradeRole.Full : MasqueradeRole.Except;
        if (_last != role)
        {
            _last = role;
            LogRole(role, found is null ? $"no chain {StockAgent.Chain} was found" : $"chain {StockAgent.Chain} is in {found}");
        }

        return role;
    }

    private void Warn(string? found)
    {
        if (found is not null && !_hasWarned)
        {
            var message = $"Chain {StockAgent.Chain} is in {found}: another ip-masq-agent works on this node and translates the source of bound Pods too, although --masquerade is full. Remove it, or start this agent with --masquerade=except.";
            LogBoth(message);
            report.Warn(NodeEvents.OtherAgentFound, message);
        }

        _hasWarned = found is not null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Can't tell whether chain {Chain} is there: {Error}")]
    private partial void LogUnknown(string chain, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The role is {Role}: {Why}")]
    private partial void LogRole(MasqueradeRole role, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message}")]
    private partial void LogBoth(string message);
}
