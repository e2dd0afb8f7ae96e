using PodEip.Dev.ControlPlane;

namespace PodEip.Dev.Quickstart;

/// <summary>Runs Pod EIP against a simulated cloud, with samples, and shows what came out. What runs and is well is kept.</summary>
internal sealed class QuickstartUp(QuickstartOptions options)
{
    private readonly QuickstartFiles _files = new(Path.GetFullPath(options.StateFolder));
    private QuickstartState _state = new();

    /// <summary>Does it all; progress goes to stderr, the result to stdout.</summary>
    /// <exception cref="QuickstartException">It does not work; the message says what was seen.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var mine = await _files.LockAsync(cancellation);
        _state = QuickstartState.Read(_files) with { Context = options.Context };
        using var http = new LoopbackHttp();
        IReadOnlyList<string> result = [];
        Action show = static () => { };
        await Narrator.TellAsync(async narrator =>
        {
            if (options.Build)
                await narrator.StepAsync("Building the controller and the simulator", () => DoneAsync(BuiltPrograms.BuildAsync(cancellation)), _ => "Built the controller and the simulator");
            using var cluster = await ClusterAsync(narrator, cancellation);
            var (endpoints, controller) = await ProgramsAsync(narrator, cluster, http, cancellation);
            var samples = Sample.All(tainted: cluster.Context is not null);
            await narrator.StepAsync("Applying deploy/samples", () => DoneAsync(ApplyAsync(cluster, samples, cancellation)), _ => "Applied deploy/samples");
            var seen = await narrator.StepAsync(
                "Waiting for addresses", () => WaitAsync(narrator, cluster, samples, cancellation), seen => $"{seen.Bound} of {seen.Expected} Pods have their addresses");
            var addresses = await http.AddressesAsync(endpoints, cancellation);
            result = NextCommands.For(cluster, _files, endpoints, controller.Address());
            show = () => ResultTables.Print(seen, addresses);
        });
        show();
        foreach (var line in result)
            Console.WriteLine(line);
    }

    private async Task<QuickstartCluster> ClusterAsync(Narrator narrator, CancellationToken cancellation)
    {
        if (options.Context is { } context)
        {
            var theirs = QuickstartCluster.OfContext(context);
            await narrator.StepAsync($"Asking the cluster of context {context}", () => theirs.Api.GetVersionAsync(cancellation), version => $"Kubernetes {version} answers at {theirs.Server}");
            return theirs;
        }

        return await narrator.StepAsync(
            "Starting a local control plane",
            async () =>
            {
                var settings = new ControlPlaneOptions { WorkFolder = string.Empty, Report = narrator.Now };
                await using var plane = await new DetachedControlPlane(_files.Cluster).UpAsync(settings, cancellation);
                PrivateFile.Write(_files.Kubeconfig, await File.ReadAllTextAsync(plane.KubeconfigPath, cancellation));
                return QuickstartCluster.Local(_files.Kubeconfig);
            },
            cluster => $"Kubernetes runs at {cluster.Server}");
    }

    private async Task<(CloudEndpoints Cloud, ControllerPart Controller)> ProgramsAsync(Narrator narrator, QuickstartCluster cluster, LoopbackHttp http, CancellationToken cancellation)
    {
        var programs = new BuiltPrograms(_files);
        var key = CloudKey.Of(_files);
        var (cloudAssembly, controllerAssembly) = (programs.Copy("PodEip.CloudSim", "podeip-cloudsim"), programs.Copy("PodEip.Controller", "podeip-controller"));
        var isNew = await narrator.StepAsync("Applying the CRD", () => cluster.ApplyCrdAsync(cancellation), _ => "Applied the CRD");
        Remember(_state with { CrdIsOurs = _state.CrdIsOurs || isNew });
        await cluster.ApplyNamespaceAsync(cancellation);

        var wish = new CloudPart(_files, cluster, http).Wish(cloudAssembly, key);
        await narrator.StepAsync(
            "Starting the simulated cloud with three machines",
            () => PartStarter.EnsureAsync(wish, _state.Cloud, part => Remember(_state with { Cloud = part }), cancellation),
            part => part.Kept ? "The simulated cloud runs already" : "The simulated cloud runs, its three machines are Nodes");
        var endpoints = CloudEndpoints.Read(_files)!;
        var controller = new ControllerPart(_files, cluster, http);
        await narrator.StepAsync(
            "Starting the controller",
            () => PartStarter.EnsureAsync(controller.Wish(controllerAssembly, endpoints, key), _state.Controller, part => Remember(_state with { Controller = part }), cancellation),
            part => part.Kept ? "The controller runs already" : "The controller runs");
        programs.DeleteAllBut(cloudAssembly, controllerAssembly);
        return (endpoints, controller);
    }

    private static async Task ApplyAsync(QuickstartCluster cluster, IReadOnlyList<Sample> samples, CancellationToken cancellation)
    {
        foreach (var sample in samples)
            await cluster.ApplyAsync(sample, cancellation);
    }

    private async Task<Observation> WaitAsync(Narrator narrator, QuickstartCluster cluster, IReadOnlyList<Sample> samples, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await Observation.TakeAsync(cluster, samples, cancellation);
            if (seen.IsDone)
                return seen;
            narrator.Now($"Waiting for addresses: {seen.Bound} of {seen.Expected} Pods have theirs");
            var over = TimeProvider.System.GetElapsedTime(start) > options.Limit;
            if (over || _state.Cloud?.Process.IsAlive != true || _state.Controller?.Process.IsAlive != true)
                throw new QuickstartException(FailureReport.Of(seen, _state, _files, over ? options.Limit : null));
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, cancellation);
        }
    }

    private void Remember(QuickstartState state)
    {
        _state = state;
        state.Write(_files);
    }

    private static async Task<bool> DoneAsync(Task work)
    {
        await work;
        return true;
    }
}
