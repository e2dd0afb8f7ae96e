namespace PodEip.Agent.Keeping;

/// <summary>Tells the people who look at the Node.</summary>
public interface INodeReport
{
    /// <summary>Something is as it should be again.</summary>
    void Tell(string reason, string message);

    /// <summary>Something is wrong.</summary>
    void Warn(string reason, string message);
}
