namespace PodEip.Claims.Nodes;

/// <summary>What is known of the machine behind a Node.</summary>
public abstract record MachineLookup
{
    private MachineLookup()
    {
    }

    /// <summary>Nothing yet, or nothing that can be relied on.</summary>
    /// <param name="Trouble">Why, once that deserves telling; null while it is only being read.</param>
    public sealed record Unknown(string? Trouble) : MachineLookup;

    /// <summary>A CVM of the VPC.</summary>
    /// <param name="InstanceId">Its id.</param>
    /// <param name="MachineType">Its type; null when the cloud does not tell.</param>
    /// <param name="Vcpus">Its vCPUs; null when the cloud does not tell.</param>
    /// <param name="Outside">Public addresses it carries that are none of our claims'.</param>
    public sealed record Found(string InstanceId, string? MachineType, int? Vcpus, int Outside) : MachineLookup;

    /// <summary>No CVM of the VPC, and that is certain.</summary>
    /// <param name="Why">For people.</param>
    public sealed record NotOurs(string Why) : MachineLookup;
}
