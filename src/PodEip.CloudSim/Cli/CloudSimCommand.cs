using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Text.Json;
using PodEip.CloudSim.Control;
using PodEip.CloudSim.Fabric;
using PodEip.CloudSim.Machines;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.State;

namespace PodEip.CloudSim.Cli;

/// <summary>The command line of <c>podeip-cloudsim</c>.</summary>
internal sealed class CloudSimCommand
{
    private const string About = """
        A simulated Tencent Cloud for elastic public IPs: the API over HTTP (TC3-signed), a control interface and the
        metadata service of a CVM.

        Examples:
          podeip-cloudsim                                            free ports, default network; prints where it listens
          podeip-cloudsim --listen 127.0.0.1:8080 --state cloud.json keeps its state over restarts
          podeip-cloudsim --seed seed.json --rate-multiplier 0       own machines and addresses, no rate limits
          podeip-cloudsim --endpoints-file ports.json                writes the chosen ports for scripts
          podeip-cloudsim --seed seed.json --join kubeconfig         its machines are the Nodes of a cluster
          podeip-cloudsim --seed seed.json --fabric                  its network for real, in network namespaces (root)
        """;

    private readonly Option<IPEndPoint> _listen = Listen("--listen", "Where the API listens.");
    private readonly Option<IPEndPoint> _control = Listen("--control-listen", "Where the control interface listens; whoever reaches it rules the cloud.");
    private readonly Option<IPEndPoint> _metadata = Listen("--metadata-listen", "Where the metadata service listens.");
    private readonly Option<string?> _state = new("--state") { Description = "File that keeps the state over restarts.", HelpName = "FILE" };
    private readonly Option<string?> _seed = new("--seed") { Description = "What a fresh cloud holds, JSON (docs/simulator.md). Not used when --state holds a cloud.", HelpName = "FILE" };
    private readonly Option<double?> _rates = new("--rate-multiplier") { Description = "Multiplies every request rate; 0 for no limits.", HelpName = "X" };
    private readonly Option<string?> _endpoints = new("--endpoints-file") { Description = "Writes the endpoints there as JSON once everything listens.", HelpName = "FILE" };

    private readonly Option<string> _secretId = new("--secret-id")
    {
        Description = "SecretId that may do everything.",
        DefaultValueFactory = _ => CloudSimOptions.DefaultSecretId,
        HelpName = "ID",
    };

    // The default is documented and opens nothing but simulators; a chosen key is not echoed either.
    private readonly Option<string?> _secretKey = new("--secret-key") { Description = "Its SecretKey; the documented one of docs/simulator.md when left out.", HelpName = "KEY" };

    private readonly JoinArguments _join = new();
    private readonly FabricArguments _fabric = new();

    public RootCommand Build()
    {
        var command = new RootCommand(About) { _listen, _control, _metadata, _state, _seed, _rates, _endpoints, _secretId, _secretKey };
        _join.AddTo(command);
        _fabric.AddTo(command);
        _rates.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var rate) && !(rate is >= 0 and < double.PositiveInfinity))
            {
                result.AddError("--rate-multiplier must be 0 (no limits) or above.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var output = parsed.InvocationConfiguration.Output;
        try
        {
            await using var host = await StartAsync(parsed, stop);
            await AnnounceAsync(host, parsed.GetValue(_endpoints), output, stop);
            await ServeAsync(host, stop);
            return 0;
        }
        catch (Exception e) when (e is StartFailure or IOException or UnauthorizedAccessException or InvalidDataException or CloudFault)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"podeip-cloudsim: {e.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }

    /// <summary>Runs until told to stop, or until a part of the host fails.</summary>
    private static async Task ServeAsync(CloudSimHost host, CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(stopped.SetResult);
        await await Task.WhenAny(stopped.Task, host.Failure);
    }

    private async Task<CloudSimHost> StartAsync(ParseResult parsed, CancellationToken stop)
    {
        var options = new CloudSimOptions
        {
            Listen = parsed.GetValue(_listen)!,
            ControlListen = parsed.GetValue(_control)!,
            MetadataListen = parsed.GetValue(_metadata)!,
            StatePath = parsed.GetValue(_state),
            Seed = parsed.GetValue(_seed) is { } path ? await LoadSeedAsync(path, stop) : CloudSeed.Default,
            RateMultiplier = parsed.GetValue(_rates),
            SecretId = parsed.GetValue(_secretId)!,
            SecretKey = parsed.GetValue(_secretKey) ?? CloudSimOptions.DefaultSecretKey,
            Join = _join.Read(parsed),
            Fabric = _fabric.Read(parsed),
        };
        return await CloudSimHost.StartAsync(options, stop);
    }

    private static async Task<CloudSeed> LoadSeedAsync(string path, CancellationToken stop)
    {
        if (!File.Exists(path))
        {
            throw new StartFailure($"--seed: there is no file {path}.");
        }

        try
        {
            await using var stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync(stream, ControlJson.Default.CloudSeed, stop) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException e)
        {
            throw new StartFailure($"--seed: {path} cannot be read: {e.Message}", e);
        }
    }

    private static async Task AnnounceAsync(CloudSimHost host, string? path, TextWriter output, CancellationToken stop)
    {
        var endpoints = new Endpoints(host.Endpoint, host.ControlEndpoint, host.MetadataEndpoint);
        if (path is not null)
        {
            await AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(endpoints, EndpointsJson.Default.Endpoints), stop);
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"api      {endpoints.Api}\ncontrol  {endpoints.Control}\nmetadata {endpoints.Metadata}"));
    }

    private static Option<IPEndPoint> Listen(string name, string description) => new(name)
    {
        Description = description + " Port 0: any free one.",
        HelpName = "IP:PORT",
        DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, 0),
        CustomParser = result => ParseEndPoint(name, result),
    };

    private static IPEndPoint? ParseEndPoint(string name, ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (text.LastIndexOf(':') > 0 && IPEndPoint.TryParse(text, out var endPoint))
        {
            return endPoint;
        }

        result.AddError($"{name}: `{text}` is no IP address and port such as 127.0.0.1:8080.");
        return null;
    }
}
