namespace PodEip.Claims.Planning;

/// <summary>Which given addresses Pods may name (<c>--given</c>).</summary>
public enum GivenPolicy
{
    /// <summary>Those whose tag opens them to the Pod's namespace, and those without the tag.</summary>
    Any,

    /// <summary>Only those whose tag opens them to the Pod's namespace.</summary>
    TaggedOnly,
}
