namespace PodEip.Dev.Commands;

/// <summary>How a command prints its data.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For programs.</summary>
    Json,
}
