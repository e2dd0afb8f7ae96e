namespace PodEip.Claims.Nodes;

/// <summary>How many addresses a CVM can give to Pods.</summary>
public static class NodeCapacity
{
    /// <summary>
    /// One less than its limit, as TKE's document has it, and no more than what addresses outside leave. Never below what its
    /// Pods already ask for: a kubelet that restarts would turn them away.
    /// </summary>
    /// <param name="limit">Public IPs the CVM may carry.</param>
    /// <param name="outside">Those it carries that are none of our claims', its ordinary public IP among them.</param>
    /// <param name="requested">What its living Pods ask for.</param>
    public static int Of(int limit, int outside, int requested) => Math.Max(requested, Math.Max(0, Math.Min(limit - 1, limit - outside)));
}
