namespace PodEip.Api.Resources;

/// <summary>Whose an address is.</summary>
public enum AddressOrigin
{
    /// <summary>Named by the user: never released.</summary>
    Given,

    /// <summary>Bought by this system.</summary>
    Own,
}
