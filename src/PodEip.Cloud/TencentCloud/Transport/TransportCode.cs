namespace PodEip.Cloud.TencentCloud.Transport;

/// <summary>Our own codes, for trouble on the way. <c>Transport.HttpNNN</c> stands for an HTTP status.</summary>
internal static class TransportCode
{
    /// <summary>No whole answer in time.</summary>
    public const string Timeout = "Transport.Timeout";

    /// <summary>No connection, or it broke.</summary>
    public const string Failed = "Transport.Failed";

    /// <summary>It was not sent: its time, or the leader's lease, was over by the moment its bytes would have gone out.</summary>
    public const string NotSent = "Transport.NotSent";

    /// <summary>An answer that cannot be understood, or too long.</summary>
    public const string BadAnswer = "Transport.BadAnswer";
}
