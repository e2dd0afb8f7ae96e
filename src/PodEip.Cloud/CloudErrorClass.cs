namespace PodEip.Cloud;

/// <summary>What an error of the cloud means for the caller. The table of codes is in <c>TencentCloud/ErrorTable.cs</c>.</summary>
public enum CloudErrorClass
{
    /// <summary>Too many calls; refused before execution. Slow down and repeat.</summary>
    Throttled,

    /// <summary>Another task runs on the resource, or its state does not allow this now. Re-read, repeat in seconds.</summary>
    Busy,

    /// <summary>Bad or expired signature, key or token. Refresh credentials once, then report.</summary>
    Credentials,

    /// <summary>The caller may not do this. Report, try again after minutes.</summary>
    Permission,

    /// <summary>A quota of the account or of a CVM is used up. Waiting for a free place.</summary>
    Quota,

    /// <summary>The purchases of the day are used up. Waiting for the next day.</summary>
    DailyQuota,

    /// <summary>No money. Report, try again after minutes.</summary>
    Balance,

    /// <summary>The address is isolated for arrears, or blocked. Report, try again after minutes.</summary>
    AddressUnusable,

    /// <summary>The resource named does not exist. Success for a removal; else plan again.</summary>
    NotFound,

    /// <summary>The private IP has an address already, the address is bound to another target, or a route stands in a route's way. Re-read both.</summary>
    Conflict,

    /// <summary>Internal error, broken connection or timeout: a write may have been executed. Re-read before repeating.</summary>
    Unclear,

    /// <summary>The request is wrong or not supported here; repeating it cannot help. A bug, or bad configuration.</summary>
    Request,
}
