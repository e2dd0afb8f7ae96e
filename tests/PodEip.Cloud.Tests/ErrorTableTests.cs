using PodEip.Cloud.TencentCloud;

using Xunit;

namespace PodEip.Cloud.Tests;

/// <summary>Every code that the cloud documents for the actions used here, and what it means to us.</summary>
public sealed class ErrorTableTests
{
    private static readonly Dictionary<string, string> Documented = new(StringComparer.Ordinal)
    {
        ["AllocateAddresses"] = """
            Busy: UnsupportedOperation.InstanceStateNotSupported
            Permission: UnauthorizedOperation.AnycastEip UnauthorizedOperation.InvalidAccount
            Quota: AddressQuotaLimitExceeded LimitExceeded.BandwidthPackageQuota LimitExceeded.BandwidthPackageResourceQuota LimitExceeded.MonthlyAddressRecoveryQuota LimitExceeded.TagQuota ResourceInsufficient
            DailyQuota: AddressQuotaLimitExceeded.DailyAllocate
            Balance: FailedOperation.BalanceInsufficient
            AddressUnusable: InvalidAddressId.Blocked InvalidParameterValue.AddressAttacked
            Unclear: UnsupportedOperation.DeliveryFailed
            Request: FailedOperation.InvalidRegion InvalidAccount.NotSupported InvalidParameterConflict InvalidParameterValue.AddressIpNotAvailable InvalidParameterValue.BandwidthOutOfRange InvalidParameterValue.BandwidthPackageIdMalformed InvalidParameterValue.BandwidthPackageNotFound InvalidParameterValue.BandwidthTooSmall InvalidParameterValue.Combination InvalidParameterValue.InstanceIdMalformed InvalidParameterValue.InvalidDedicatedClusterId InvalidParameterValue.InvalidEgress InvalidParameterValue.InvalidTag InvalidParameterValue.MixedAddressIpSetType InvalidParameterValue.Range InvalidParameterValue.ResourceIdMalformed InvalidParameterValue.ResourceNotSupport InvalidParameterValue.TagNotExisted InvalidParameterValue.UnavailableZone InvalidParameterValue.UnsupportedEgress UnsupportedOperation.AccountNotSupported UnsupportedOperation.ActionNotFound UnsupportedOperation.BandwidthPackageIdNotSupported UnsupportedOperation.InvalidAction UnsupportedOperation.NotSupportedPurchaseCenterEgressResource UnsupportedOperation.OfflineChargeType UnsupportedOperation.UnsupportedRegion
            """,
        ["AssociateAddress"] = """
            Throttled: RequestLimitExceeded
            Busy: InvalidParameterValue.InvalidInstanceState OperationDenied.MutexTaskRunning UnsupportedOperation.AddressStatusNotPermit UnsupportedOperation.InstanceStateNotSupported UnsupportedOperation.InstanceStatusNotPermit
            Quota: LimitExceeded.InstanceAddressQuota
            AddressUnusable: InvalidAddressId.Blocked OperationDenied.AddressInArrears
            NotFound: InvalidAddressId.NotFound InvalidInstanceId.NotFound InvalidNetworkInterfaceId.NotFound InvalidParameterValue.AddressNotFound InvalidParameterValue.NetworkInterfaceNotFound
            Conflict: InvalidInstanceId.AlreadyBindEip InvalidParameterValue.InstanceHasWanIP InvalidParameterValue.InstanceNormalPublicIpBlocked InvalidParameterValue.LBAlreadyBindEip InvalidParameterValue.NetworkInterfaceIdNotMatch InvalidParameterValue.PrivateIpAddressNotMatch InvalidPrivateIpAddress.AlreadyBindEip
            Unclear: FailedOperation.AddressEniInfoNotFound FailedOperation.TaskFailed
            Request: InvalidAccount.NotSupported InvalidParameter.Conflict InvalidParameterConflict InvalidParameterValue.AddressIdMalformed InvalidParameterValue.AddressNotApplicable InvalidParameterValue.Combination InvalidParameterValue.InstanceDoesNotSupportAnycast InvalidParameterValue.InstanceDoesNotSupportEipVisibleOnEni InvalidParameterValue.InstanceHasNoWanIP InvalidParameterValue.InstanceIdMalformed InvalidParameterValue.InstanceNoWanIP InvalidParameterValue.InstanceNotMatchAssociateEni InvalidParameterValue.InstanceVpcDoesNotSupportEipVisibleOnEni InvalidParameterValue.InvalidInstanceInternetChargeType InvalidParameterValue.MissingAssociateEntity InvalidParameterValue.PrivateIpAddressDoesNotSupportEipVisibleOnEni InvalidParameterValue.ResourceNotSupport MissingParameter UnsupportedOperation.ActionNotFound UnsupportedOperation.AddressIpNotSupportInstance UnsupportedOperation.IncorrectAddressResourceType UnsupportedOperation.InvalidAction UnsupportedOperation.InvalidAddressInternetChargeType UnsupportedOperation.IspNotSupported
            """,
        ["DisassociateAddress"] = """
            Busy: InvalidAddressIdStatus.NotPermit InvalidInstanceId.NotFound OperationDenied.MutexTaskRunning UnsupportedOperation.AddressStatusNotPermit UnsupportedOperation.InstanceStateNotSupported
            DailyQuota: AddressQuotaLimitExceeded.DailyAllocate
            AddressUnusable: InvalidAddressId.Blocked
            NotFound: InvalidAddressId.NotFound InvalidParameterValue.AddressNotFound
            Unclear: FailedOperation.AddressEniInfoNotFound FailedOperation.MasterEniNotFound FailedOperation.TaskFailed
            Request: InvalidInstance.NotSupported InvalidParameter InvalidParameterValue.AddressIdMalformed InvalidParameterValue.InstanceIdMalformed InvalidParameterValue.OnlySupportedForMasterNetworkCard InvalidParameterValue.ResourceNotSupport UnsupportedOperation.ActionNotFound UnsupportedOperation.InvalidAction
            """,
        ["ReleaseAddresses"] = """
            Busy: InvalidAddressState OperationDenied.MutexTaskRunning UnsupportedOperation.AddressStatusNotPermit
            Permission: OperationDenied.AddressDeletionProtectionEnabled
            Quota: LimitExceeded.AccountReturnQuota
            Balance: UnsupportedOperation.UnpaidOrderAlreadyExists
            NotFound: InvalidAddressId.NotFound InvalidParameterValue.AddressNotFound
            Unclear: FailedOperation.TaskFailed
            Request: InvalidParameterValue.AddressIdMalformed InvalidParameterValue.AddressInternetChargeTypeConflict InvalidParameterValue.AddressTypeConflict
            """,
        ["DescribeAddresses"] = """
            Throttled: RequestLimitExceeded
            Request: InvalidParameter InvalidParameter.InvalidFilter InvalidParameterValue.AddressIdMalformed InvalidParameterValue.InvalidDedicatedClusterId InvalidParameterValue.LimitExceeded InvalidParameterValue.NetworkInterfaceIdMalformed InvalidParameterValue.ResourceIdMalformed LimitExceeded.NumberOfFilters UnsupportedOperation
            """,
        ["ModifyAddressesBandwidth"] = """
            Throttled: RequestLimitExceeded
            Busy: OperationDenied.MutexTaskRunning UnsupportedOperation.AddressStatusNotPermit UnsupportedOperation.InstanceStateNotSupported
            Balance: UnsupportedOperation.UnpaidOrderAlreadyExists
            AddressUnusable: InvalidParameterValue.ResourceExpired OperationDenied.AddressInArrears
            NotFound: InvalidAddressId.NotFound InvalidParameterValue.AddressNotFound
            Unclear: FailedOperation.TaskFailed InternalServerError
            Request: InvalidParameterValue.AddressIdMalformed InvalidParameterValue.AddressTypeConflict InvalidParameterValue.BandwidthOutOfRange InvalidParameterValue.BandwidthTooSmall InvalidParameterValue.EgressConflict InvalidParameterValue.InconsistentInstanceInternetChargeType InvalidParameterValue.InstanceIdMalformed InvalidParameterValue.InstanceNoCalcIP InvalidParameterValue.InstanceNoWanIP InvalidParameterValue.LimitExceeded InvalidParameterValue.ResourceNotExisted InvalidParameterValue.ResourceNotSupport UnsupportedOperation.ActionNotFound
            """,
        ["ModifyAddressAttribute"] = """
            Throttled: RequestLimitExceeded
            Busy: OperationDenied.MutexTaskRunning UnsupportedOperation.AddressStatusNotPermit
            AddressUnusable: InvalidAddressId.Blocked
            NotFound: InvalidAddressId.NotFound InvalidParameterValue.AddressNotFound
            Request: InvalidParameter.Conflict InvalidParameterValue InvalidParameterValue.AddressAlreadyHasPassThrough InvalidParameterValue.AddressIdMalformed InvalidParameterValue.InstanceDoesNotSupportEipVisibleOnEni InvalidParameterValue.InstanceVpcDoesNotSupportEipVisibleOnEni InvalidParameterValue.PrivateIpAddressDoesNotSupportEipVisibleOnEni InvalidParameterValue.ResourceNotExisted InvalidParameterValue.TooLong UnsupportedOperation.IncorrectAddressResourceType UnsupportedOperation.ModifyAddressAttribute
            """,
        ["DescribeAddressQuota"] = """
            Unclear: InternalServerError
            Request: UnsupportedOperation
            """,
        ["DescribeTaskResult"] = """
            Unclear: FailedOperation.TaskFailed InternalServerError
            Request: InvalidParameter MissingParameter
            """,
        ["DescribeNetworkInterfaces"] = """
            Throttled: LimitExceeded.ActionLimited
            NotFound: ResourceNotFound
            Unclear: InternalError.ModuleError
            Request: InvalidParameter.Coexist InvalidParameter.FilterInvalidKey InvalidParameter.FilterNotDict InvalidParameter.FilterValuesNotList InvalidParameterValue.LimitExceeded InvalidParameterValue.Malformed InvalidParameterValue.NotUtf8EncodingError InvalidParameterValue.Range UnsupportedOperation
            """,
        ["UnassignPrivateIpAddresses"] = """
            Throttled: LimitExceeded.ActionLimited
            Busy: UnsupportedOperation.AttachmentNotFound UnsupportedOperation.InvalidState UnsupportedOperation.MutexOperationTaskRunning
            NotFound: ResourceNotFound
            Request: InvalidParameterValue.DuplicatePara InvalidParameterValue.LimitExceeded InvalidParameterValue.Malformed UnsupportedOperation
            """,
        ["DescribeVpcTaskResult"] = """
            Permission: UnauthorizedOperation
            NotFound: ResourceNotFound
            Unclear: InternalError.ModuleError
            Request: InvalidParameterValue UnsupportedOperation
            """,
        ["DescribeSubnets"] = """
            NotFound: ResourceNotFound
            Unclear: InternalError.ModuleError
            Request: InvalidParameter.Coexist InvalidParameter.FilterInvalidKey InvalidParameter.FilterNotDict InvalidParameter.FilterValuesNotList InvalidParameterValue.Empty InvalidParameterValue.LimitExceeded InvalidParameterValue.Malformed InvalidParameterValue.NotUtf8EncodingError InvalidParameterValue.Range UnsupportedOperation UnsupportedOperation.AppIdMismatch
            """,
        ["DescribeRouteTables"] = """
            NotFound: ResourceNotFound
            Unclear: InternalError.ModuleError
            Request: InvalidParameter.Coexist InvalidParameter.FilterInvalidKey InvalidParameter.FilterMissParameter InvalidParameter.FilterNotDict InvalidParameterValue.LimitExceeded InvalidParameterValue.Malformed InvalidParameterValue.NotUtf8EncodingError InvalidParameterValue.Range UnsupportedOperation
            """,
        ["CreateRoutes"] = """
            Quota: LimitExceeded
            NotFound: ResourceNotFound
            Conflict: InvalidParameterValue.Duplicate UnsupportedOperation.Ecmp UnsupportedOperation.EcmpWithCcnRoute UnsupportedOperation.EcmpWithUserRoute
            Request: InvalidParameterValue InvalidParameterValue.CidrNotInPeerVpc InvalidParameterValue.Malformed InvalidParameterValue.RouteNextHopInvalid InvalidParameterValue.RoutePolicyPriorityConflict InvalidParameterValue.SubnetOverlapRoute InvalidParameterValue.VpcCidrConflict InvalidParameterValue.VpcCidrOverlapRoute UnknownParameter.WithGuess UnsupportedOperation UnsupportedOperation.CdcSubnetNotSupportUnLocalGateway UnsupportedOperation.ConflictWithDockerRoute UnsupportedOperation.NormalSubnetNotSupportLocalGateway UnsupportedOperation.SystemRoute
            """,
        ["ReplaceRoutes"] = """
            Quota: LimitExceeded
            NotFound: ResourceNotFound UnsupportedOperation.RecordNotExists
            Conflict: InvalidParameterValue.Duplicate UnsupportedOperation.Ecmp
            Request: InvalidParameterValue InvalidParameterValue.CidrNotInPeerVpc InvalidParameterValue.Malformed InvalidParameterValue.SubnetOverlapRoute InvalidParameterValue.VpcCidrConflict InvalidParameterValue.VpcCidrOverlapRoute UnknownParameter.WithGuess UnsupportedOperation UnsupportedOperation.CdcSubnetNotSupportUnLocalGateway UnsupportedOperation.ConflictWithDockerRoute UnsupportedOperation.NormalSubnetNotSupportLocalGateway UnsupportedOperation.RoutePvgw2 UnsupportedOperation.SystemRoute
            """,
        ["DeleteRoutes"] = """
            NotFound: ResourceNotFound
            Request: InvalidParameterValue.LimitExceeded InvalidParameterValue.Malformed UnknownParameter.WithGuess UnsupportedOperation.DisabledNotifyCcn UnsupportedOperation.SystemRoute
            """,
        ["DescribeNatGateways"] = """
            NotFound: ResourceNotFound
            Unclear: InternalError.ModuleError
            Request: InvalidParameter.Coexist InvalidParameter.FilterInvalidKey InvalidParameter.FilterNotDict InvalidParameterValue.LimitExceeded InvalidParameterValue.Malformed InvalidParameterValue.Range InvalidParameterValue.TooLong UnsupportedOperation UnsupportedOperation.ActionNotFound
            """,
        ["DescribeInstances"] = """
            Credentials: UnauthorizedOperation.InvalidToken
            NotFound: ResourceNotFound.HpcCluster
            Unclear: InternalServerError
            Request: FailedOperation.IllegalTagKey FailedOperation.IllegalTagValue FailedOperation.TagKeyReserved InvalidFilter InvalidFilterValue.LimitExceeded InvalidHostId.Malformed InvalidInstanceId.Malformed InvalidParameter InvalidParameterValue InvalidParameterValue.IPAddressMalformed InvalidParameterValue.IPv6AddressMalformed InvalidParameterValue.InstanceIdMalformed InvalidParameterValue.InvalidAppIdFormat InvalidParameterValue.InvalidIpFormat InvalidParameterValue.InvalidTimeFormat InvalidParameterValue.InvalidVagueName InvalidParameterValue.LimitExceeded InvalidParameterValue.SubnetIdMalformed InvalidParameterValue.TagKeyNotFound InvalidParameterValue.UuidMalformed InvalidParameterValue.VpcIdMalformed InvalidSecurityGroupId.NotFound InvalidSgId.Malformed InvalidZone.MismatchRegion UnsupportedOperation
            """,
        ["TagResources"] = """
            Busy: FailedOperation.ResourceTagProcessing
            Permission: AuthFailure.UnauthorizedOperation FailedOperation.PolicyEnforcedInvalid
            Quota: LimitExceeded.TagValue
            Unclear: FailedOperation
            Request: InvalidParameter InvalidParameter.ReservedTagKey InvalidParameter.Tag InvalidParameter.UnsupportedService InvalidParameterValue.ResourceDescriptionError InvalidParameterValue.TagKeyCharacterIllegal InvalidParameterValue.TagKeyDuplicate InvalidParameterValue.TagKeyEmpty InvalidParameterValue.TagKeyLengthExceeded InvalidParameterValue.TagValueCharacterIllegal InvalidParameterValue.TagValueEmpty InvalidParameterValue.TagValueLengthExceeded LimitExceeded.ResourceNumPerRequest LimitExceeded.TagNumPerRequest
            """,
        ["UnTagResources"] = """
            Busy: FailedOperation.ResourceTagProcessing
            Permission: AuthFailure.UnauthorizedOperation FailedOperation.PolicyEnforcedInvalid
            Unclear: FailedOperation
            Request: InvalidParameter InvalidParameter.ReservedTagKey InvalidParameter.Tag InvalidParameterValue.ResourceDescriptionError InvalidParameterValue.TagKeyCharacterIllegal InvalidParameterValue.TagKeyDuplicate InvalidParameterValue.TagKeyEmpty InvalidParameterValue.TagKeyLengthExceeded InvalidParameterValue.TagValueCharacterIllegal LimitExceeded.ResourceNumPerRequest LimitExceeded.TagNumPerRequest
            """,
        ["DescribeResourcesByTags"] = """
            Unclear: FailedOperation
            Request: InvalidParameterValue.TagFilters InvalidParameterValue.TagFiltersLengthExceeded InvalidParameterValue.UinInvalid UnsupportedOperation
            """,
        ["AssumeRole"] = """
            Throttled: InvalidParameter.OverLimit
            Credentials: FailedOperation.CheckMFAError FailedOperation.MFATypeNotSupported
            Permission: UnauthorizedOperation
            NotFound: ResourceNotFound.RoleNotFound
            Unclear: InternalError.DbError InternalError.EncryptError InternalError.GetAppIdError InternalError.GetRoleError InternalError.GetSeedTokenError InternalError.IllegalRole InternalError.PbSerializeError InternalError.SystemError InternalError.UnknownError
            Request: InvalidParameter.AccountNotAvaliable InvalidParameter.ExtendStrategyOverSize InvalidParameter.GrantOtherResource InvalidParameter.OverTimeError InvalidParameter.ParamError InvalidParameter.PolicyTooLong InvalidParameter.ResouceError InvalidParameter.StrategyFormatError InvalidParameter.StrategyInvalid InvalidParameter.TempCodeNotAvaliable UnsupportedOperation
            """,
        ["AssumeRoleWithWebIdentity"] = """
            Throttled: InvalidParameter.OverLimit RequestLimitExceeded
            Credentials: InvalidParameter.WebIdentityTokenError
            Permission: UnauthorizedOperation
            Unclear: InternalError.GetRoleError InternalError.SystemError InternalError.UnknownError
            Request: InvalidParameter.ParamError
            """,
        ["AnyAction"] = """
            Throttled: RequestLimitExceeded RequestLimitExceeded.UinLimitExceeded RequestLimitExceeded.IPLimitExceeded RequestLimitExceeded.GlobalRegionUinLimitExceeded LimitExceeded.ActionLimited
            Busy: ResourceInUse UnsupportedOperation.MutexOperationTaskRunning UnsupportedOperation.IdempotentProcessing UnsupportedOperation.TagAllocate UnsupportedOperation.TagFree
            Credentials: AuthFailure.SignatureFailure AuthFailure.SignatureExpire AuthFailure.SecretIdNotFound AuthFailure.InvalidSecretId AuthFailure.InvalidAuthorization AuthFailure.TokenFailure AuthFailure.MFAFailure
            Permission: AuthFailure.UnauthorizedOperation UnauthorizedOperation IpInBlacklist IpNotInWhitelist
            Quota: ResourceInsufficient LimitExceeded ResourceInsufficient.Subnet
            NotFound: ResourceNotFound
            Unclear: InternalError InternalServerError ServiceUnavailable ResourceUnavailable FailedOperation FailedOperation.TaskFailed InternalError.ModuleError
            Request: InvalidParameter InvalidParameterValue MissingParameter UnknownParameter InvalidRequest InvalidAction NoSuchVersion NoSuchProduct UnsupportedOperation UnsupportedRegion UnsupportedProtocol RequestSizeLimitExceeded ResponseSizeLimitExceeded ActionOffline DryRunOperation UnsupportedOperation.IdempotentParameterMismatch
            """,
    };

    public static TheoryData<string> Actions => [.. Documented.Keys];

    [Theory]
    [MemberData(nameof(Actions))]
    public void Every_documented_code_has_its_class(string action)
    {
        var wrong = new List<string>();
        foreach (var line in Documented[action].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var expected = Enum.Parse<CloudErrorClass>(line[..line.IndexOf(':', StringComparison.Ordinal)]);
            foreach (var code in line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..].Split(' '))
            {
                var actual = ErrorTable.Classify(action, code);
                if (actual != expected)
                    wrong.Add($"{code}: {actual}, expected {expected}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("InvalidParameterValue.SomethingNew", CloudErrorClass.Request)]
    [InlineData("LimitExceeded.SomethingNew", CloudErrorClass.Quota)]
    [InlineData("RequestLimitExceeded.SomethingNew", CloudErrorClass.Throttled)]
    [InlineData("AuthFailure.SomethingNew", CloudErrorClass.Credentials)]
    [InlineData("UnauthorizedOperation.SomethingNew", CloudErrorClass.Permission)]
    [InlineData("ResourceNotFound.SomethingNew", CloudErrorClass.NotFound)]
    [InlineData("InternalError.SomethingNew", CloudErrorClass.Unclear)]
    public void An_undocumented_code_is_judged_by_its_family(string code, CloudErrorClass expected) =>
        Assert.Equal(expected, ErrorTable.Classify("AllocateAddresses", code));

    [Theory]
    [InlineData("SomethingNew")]
    [InlineData("SomethingNew.Altogether")]
    [InlineData("FailedOperation.SomethingNew")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("requestlimitexceeded")]
    public void An_unknown_code_may_have_been_executed(string code) =>
        Assert.Equal(CloudErrorClass.Unclear, ErrorTable.Classify("AllocateAddresses", code));

    [Fact]
    public void A_gone_instance_is_not_a_gone_address()
    {
        Assert.Equal(CloudErrorClass.NotFound, ErrorTable.Classify("AssociateAddress", "InvalidInstanceId.NotFound"));
        Assert.Equal(CloudErrorClass.Busy, ErrorTable.Classify("DisassociateAddress", "InvalidInstanceId.NotFound"));
    }

    [Fact]
    public void OverLimit_is_throttling_for_the_credential_service_only()
    {
        Assert.Equal(CloudErrorClass.Throttled, ErrorTable.Classify("AssumeRole", "InvalidParameter.OverLimit"));
        Assert.Equal(CloudErrorClass.Request, ErrorTable.Classify("DescribeAddresses", "InvalidParameter.OverLimit"));
    }
}
