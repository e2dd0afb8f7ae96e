namespace PodEip.Agent.Keeping;

/// <summary>Reasons of the events on the Node.</summary>
public static class NodeEvents
{
    /// <summary>Warning: the config can't be read; an earlier one, or the defaults, stay in force.</summary>
    public const string ConfigRejected = "MasqueradeConfigRejected";

    /// <summary>Normal: a config is in force again after one that could not be read.</summary>
    public const string ConfigAccepted = "MasqueradeConfigAccepted";

    /// <summary>Warning: somebody else changed our rules; they were put right.</summary>
    public const string RulesRepaired = "MasqueradeRulesRepaired";

    /// <summary>Warning: the rules can't be applied.</summary>
    public const string RulesFailed = "MasqueradeRulesFailed";

    /// <summary>Warning: another ip-masq-agent works beside one that is to be the only one.</summary>
    public const string OtherAgentFound = "OtherMasqueradeAgentFound";
}
