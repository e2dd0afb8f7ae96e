using PodEip.Api.Demands;

namespace PodEip.Claims.Stock;

/// <summary>Which of the account's quotas an address is bought from.</summary>
public enum QuotaPool
{
    /// <summary>Addresses of any ordinary kind.</summary>
    General,

    /// <summary>Static single-line addresses (CMCC, CTCC, CUCC), which the cloud counts apart.</summary>
    SingleLine,
}

/// <summary>Which attributes belong to which pool.</summary>
public static class QuotaPools
{
    /// <summary>The pool that addresses of these attributes are bought from.</summary>
    public static QuotaPool Of(AddressAttributes attributes) => attributes.InternetServiceProvider is "CMCC" or "CTCC" or "CUCC" ? QuotaPool.SingleLine : QuotaPool.General;
}
