using System.Collections.Frozen;

namespace PodEip.Cloud.TencentCloud;

/// <summary>
/// What each error code of the cloud means for the caller. The codes are those the cloud documents for the actions used here.
/// Looked up: code for this action, code, the part before the first dot for this action, the part before the first dot.
/// </summary>
/// <remarks>
/// A code whose first part is unknown too is <see cref="CloudErrorClass.Unclear"/>: nothing says that the call was not executed, and
/// reading again before repeating costs little, whereas a purchase taken for refused would be lost. The same holds for
/// <c>FailedOperation</c>, which is what a call that was begun answers.
/// </remarks>
public static class ErrorTable
{
    private const char ActionSeparator = '/';

    private static readonly FrozenDictionary<string, CloudErrorClass> Classes = Build();

    /// <summary>The class of a code.</summary>
    /// <param name="action">The action that answered it, e.g. <c>AssociateAddress</c>.</param>
    /// <param name="code">The dotted code, e.g. <c>OperationDenied.MutexTaskRunning</c>.</param>
    public static CloudErrorClass Classify(string action, string code)
    {
        if (Find(action, code) is { } exact)
            return exact;
        var dot = code.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Find(action, code[..dot]) is { } family ? family : CloudErrorClass.Unclear;
    }

    private static CloudErrorClass? Find(string action, string code) =>
        Classes.TryGetValue($"{action}{ActionSeparator}{code}", out var special) ? special
        : Classes.TryGetValue(code, out var common) ? common
        : null;

    private static FrozenDictionary<string, CloudErrorClass> Build()
    {
        var table = new Dictionary<string, CloudErrorClass>(StringComparer.Ordinal);
        void Add(CloudErrorClass errorClass, params ReadOnlySpan<string> codes)
        {
            foreach (var code in codes)
                table.Add(code, errorClass);
        }

        Add(CloudErrorClass.Throttled,
            "RequestLimitExceeded",
            "LimitExceeded.ActionLimited",
            "AssumeRole/InvalidParameter.OverLimit",
            "AssumeRoleWithWebIdentity/InvalidParameter.OverLimit");

        // States pass; so do tasks of others on the same resource.
        Add(CloudErrorClass.Busy,
            "OperationDenied.MutexTaskRunning",
            "UnsupportedOperation.MutexOperationTaskRunning",
            "UnsupportedOperation.IdempotentProcessing",
            "UnsupportedOperation.TagAllocate",
            "UnsupportedOperation.TagFree",
            "UnsupportedOperation.AddressStatusNotPermit",
            "UnsupportedOperation.InstanceStateNotSupported",
            "UnsupportedOperation.InstanceStatusNotPermit",
            "UnsupportedOperation.InvalidState",
            "UnsupportedOperation.AttachmentNotFound",
            "FailedOperation.ResourceTagProcessing",
            "InvalidAddressIdStatus",
            "InvalidAddressState",
            "InvalidParameterValue.InvalidInstanceState",
            "ResourceInUse",
            // The instance is gone, not the address: reading it again tells what became of the binding.
            "DisassociateAddress/InvalidInstanceId.NotFound");

        Add(CloudErrorClass.Credentials,
            "AuthFailure",
            "UnauthorizedOperation.InvalidToken",
            "InvalidParameter.WebIdentityTokenError",
            "FailedOperation.CheckMFAError",
            "FailedOperation.MFATypeNotSupported");

        Add(CloudErrorClass.Permission,
            "UnauthorizedOperation",
            "AuthFailure.UnauthorizedOperation",
            "FailedOperation.PolicyEnforcedInvalid",
            "OperationDenied.AddressDeletionProtectionEnabled",
            "IpInBlacklist",
            "IpNotInWhitelist");

        Add(CloudErrorClass.Quota,
            "AddressQuotaLimitExceeded",
            "LimitExceeded",
            "ResourceInsufficient");

        Add(CloudErrorClass.DailyQuota, "AddressQuotaLimitExceeded.DailyAllocate");

        Add(CloudErrorClass.Balance,
            "FailedOperation.BalanceInsufficient",
            "UnsupportedOperation.UnpaidOrderAlreadyExists");

        Add(CloudErrorClass.AddressUnusable,
            "InvalidAddressId.Blocked",
            "InvalidParameterValue.AddressAttacked",
            "InvalidParameterValue.ResourceExpired",
            "OperationDenied.AddressInArrears");

        Add(CloudErrorClass.NotFound,
            "InvalidAddressId.NotFound",
            "InvalidParameterValue.AddressNotFound",
            "InvalidNetworkInterfaceId.NotFound",
            "UnsupportedOperation.RecordNotExists",
            "InvalidParameterValue.NetworkInterfaceNotFound",
            "InvalidInstanceId.NotFound",
            "ResourceNotFound");

        Add(CloudErrorClass.Conflict,
            "InvalidPrivateIpAddress.AlreadyBindEip",
            "InvalidInstanceId.AlreadyBindEip",
            "InvalidParameterValue.LBAlreadyBindEip",
            "InvalidParameterValue.InstanceHasWanIP",
            "InvalidParameterValue.InstanceNormalPublicIpBlocked",
            "InvalidParameterValue.NetworkInterfaceIdNotMatch",
            "InvalidParameterValue.PrivateIpAddressNotMatch",
            // Another route stands in the way, or the wished one is there already: reading the table tells.
            "InvalidParameterValue.Duplicate",
            "UnsupportedOperation.Ecmp",
            "UnsupportedOperation.EcmpWithCcnRoute",
            "UnsupportedOperation.EcmpWithUserRoute");

        Add(CloudErrorClass.Unclear,
            "InternalError",
            "InternalServerError",
            "ServiceUnavailable",
            "ResourceUnavailable",
            "FailedOperation",
            "UnsupportedOperation.DeliveryFailed");

        Add(CloudErrorClass.Request,
            "MissingParameter",
            "InvalidParameter",
            "InvalidParameterConflict",
            "InvalidParameterValue",
            "UnknownParameter",
            "UnsupportedOperation",
            "OperationDenied",
            "InvalidAddressId",
            "InvalidAccount",
            "InvalidFilter",
            "InvalidFilterValue",
            "InvalidHostId",
            "InvalidInstance",
            "InvalidInstanceId",
            "InvalidNetworkInterfaceId",
            "InvalidSecurityGroupId",
            "InvalidSgId",
            "InvalidZone",
            "LimitExceeded.NumberOfFilters",
            "LimitExceeded.ResourceNumPerRequest",
            "LimitExceeded.TagNumPerRequest",
            "FailedOperation.InvalidRegion",
            "FailedOperation.IllegalTagKey",
            "FailedOperation.IllegalTagValue",
            "FailedOperation.TagKeyReserved",
            "InvalidRequest",
            "InvalidAction",
            "ActionOffline",
            "NoSuchVersion",
            "NoSuchProduct",
            "UnsupportedRegion",
            "UnsupportedProtocol",
            "RequestSizeLimitExceeded",
            "ResponseSizeLimitExceeded",
            "DryRunOperation");

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
