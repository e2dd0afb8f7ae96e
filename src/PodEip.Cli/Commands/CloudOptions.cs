using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using PodEip.Cloud.TencentCloud;
using PodEip.Cloud.TencentCloud.Credentials;
using PodEip.Controller.Addresses;
using PodEip.Controller.Commands;
using PodEip.Controller.Hosting;

namespace PodEip.Cli.Commands;

/// <summary>How a command reaches the cloud, with the controller's flags and their twins in the environment. Without a region it does not.</summary>
internal sealed class CloudOptions
{
    private readonly ControllerFlags _flags = new();

    /// <summary>Declares them on a command.</summary>
    public CloudOptions(Command command)
    {
        foreach (var flag in new PodEip.Hosting.Flag[] { _flags.Region, _flags.ClusterId, _flags.CloudEndpoint, _flags.CloudEndpoints, _flags.MetadataEndpoint, _flags.RoleName, _flags.AssumeRoleArn })
        {
            // What the controller requires is optional here.
            flag.Option.Description = flag.Option.Description!.Replace("Required. ", "", StringComparison.Ordinal);
            command.Options.Add(flag.Option);
        }
    }

    /// <summary>The settings; null when no region is named.</summary>
    /// <exception cref="CommandException">A value can't be used.</exception>
    public TencentCloudOptions? Read(CliRun run)
    {
        List<string> problems = [];
        T? Value<T>(PodEip.Hosting.Flag<T> flag)
            where T : class => flag.TryGet(run.Result, run.Surroundings, problems, out var value) ? value : null;

        var region = Value(_flags.Region);
        var credentials = new CredentialOptions { InstanceRoleName = Value(_flags.RoleName), AssumeRoleArn = Value(_flags.AssumeRoleArn), Environment = run.Surroundings.Variable };
        if (Value(_flags.MetadataEndpoint) is { } metadata)
        {
            credentials = credentials with { MetadataEndpoint = metadata };
        }

        var endpoint = Value(_flags.CloudEndpoint);
        var isInternal = _flags.CloudEndpoints.TryGet(run.Result, run.Surroundings, problems, out var inside) && inside;
        return problems.Count > 0 ? throw new CommandException(CliExitCodes.Usage, string.Join("; ", problems))
            : region is null ? null
            : new TencentCloudOptions { Region = region, Endpoint = endpoint, UseInternalEndpoints = isInternal, Credentials = credentials };
    }

    /// <summary>The cloud; null when no region is named.</summary>
    public TencentElasticIpCloud? Open(CliRun run) => Read(run) is { } options ? Connect(options, run.Time) : null;

    /// <summary>The cluster id; null when it is not given.</summary>
    public string? ClusterId(CliRun run) => _flags.ClusterId.TryGet(run.Result, run.Surroundings, [], out var id) ? id : null;

    /// <summary>The flags as they were given, for a command of the controller; those of the environment it reads itself.</summary>
    public IEnumerable<string> Words(CliRun run) =>
        from flag in new PodEip.Hosting.Flag[] { _flags.Region, _flags.CloudEndpoint, _flags.CloudEndpoints, _flags.MetadataEndpoint, _flags.RoleName, _flags.AssumeRoleArn }
        let value = run.Result.GetValue(flag.Option)
        where value is not null
        from word in new[] { flag.Name, value }
        select word;

    /// <summary>Connects.</summary>
    public static TencentElasticIpCloud Connect(TencentCloudOptions options, TimeProvider time)
    {
        try
        {
            return TencentElasticIpCloud.Create(options, time, NullLoggerFactory.Instance);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(CliExitCodes.Usage, $"The cloud's settings can't be used: {e.Message}", e);
        }
    }

    /// <summary>At the pace of documented rates.</summary>
    public static PacedCloud Paced(TencentElasticIpCloud cloud, TimeProvider time) => new(cloud, new RateLimits(), TimeSpan.FromSeconds(10), time);
}
