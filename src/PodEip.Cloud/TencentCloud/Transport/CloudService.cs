namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>A service of the cloud's API 3.0.</summary>
/// <param name="Name">Name in the credential scope and first label of its host.</param>
/// <param name="Version">X-TC-Version.</param>
/// <param name="Regional">Takes X-TC-Region.</param>
internal sealed record CloudService(string Name, string Version, bool Regional)
{
    /// <summary>Addresses, ENIs, routes.</summary>
    public static readonly CloudService Vpc = new("vpc", "2017-03-12", Regional: true);

    /// <summary>CVMs.</summary>
    public static readonly CloudService Cvm = new("cvm", "2017-03-12", Regional: true);

    /// <summary>Tags.</summary>
    public static readonly CloudService Tag = new("tag", "2018-08-13", Regional: false);

    /// <summary>Temporary credentials.</summary>
    public static readonly CloudService Sts = new("sts", "2018-08-13", Regional: true);
}
