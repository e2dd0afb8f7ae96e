using System.CommandLine;
using PodEip.Dev.ControlPlane;

namespace PodEip.Dev.Commands;

/// <summary><c>podeip-dev cluster up|down|status|kubeconfig</c>: one local control plane, kept in a state folder.</summary>
internal static class ClusterCommand
{
    private static readonly Option<DirectoryInfo> State = new("--state")
    {
        Description = "The folder that holds the control plane's keys, data and logs.",
        DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(Checkout.Root, ".dev", "cluster")),
        Recursive = true,
    };

    private static readonly Option<OutputFormat> Output = new("--output", "-o") { Description = "table or json.", DefaultValueFactory = _ => OutputFormat.Table };

    /// <summary>The command with its subcommands.</summary>
    public static Command Create()
    {
        var up = new Command("up", "Starts it, or what of it does not run, and waits until Pods can be made. Prints the kubeconfig's path.");
        up.SetAction((parsed, cancellation) => UpAsync(At(parsed), cancellation));
        var down = new Command("down", "Ends its programs and deletes its data.");
        down.SetAction((parsed, cancellation) => DownAsync(At(parsed), cancellation));
        var status = new Command("status", "Shows its programs, and whether they are well. Exit code 1 if one is not.") { Output };
        status.SetAction((parsed, cancellation) => StatusAsync(At(parsed), parsed.GetValue(Output), cancellation));
        var kubeconfig = new Command("kubeconfig", "Prints the path of the administrator's kubeconfig.");
        kubeconfig.SetAction((parsed, cancellation) => KubeconfigAsync(At(parsed), cancellation));
        return new Command("cluster", "Runs a Kubernetes control plane on this machine, on free loopback ports.") { State, up, down, status, kubeconfig };
    }

    private static DetachedControlPlane At(ParseResult parsed) => new(parsed.GetRequiredValue(State).FullName);

    private static async Task<int> UpAsync(DetachedControlPlane cluster, CancellationToken cancellation)
    {
        var options = new ControlPlaneOptions { WorkFolder = string.Empty, Report = line => Console.Error.WriteLine(line) };
        await using var plane = await cluster.UpAsync(options, cancellation);
        await Console.Error.WriteLineAsync($"Kubernetes 1.{plane.KubernetesMinor} is up at {plane.Endpoint.GetLeftPart(UriPartial.Authority)}. Try:\n  kubectl --kubeconfig {plane.KubeconfigPath} get namespaces");
        Console.WriteLine(plane.KubeconfigPath);
        return 0;
    }

    private static async Task<int> DownAsync(DetachedControlPlane cluster, CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync(await cluster.DownAsync(cancellation) ? "The control plane is down and its data is deleted." : "No control plane is up.");
        return 0;
    }

    private static async Task<int> StatusAsync(DetachedControlPlane cluster, OutputFormat format, CancellationToken cancellation)
    {
        await using var plane = await cluster.FindAsync(cancellation);
        var parts = plane is null ? [] : await PartStatus.OfAsync(plane, cancellation);
        PartStatus.Print(parts, format);
        if (plane is null)
            await Console.Error.WriteLineAsync("No control plane is up. Start one with: hack/cluster up");
        return parts.Count > 0 && parts.All(part => part.Healthy) ? 0 : 1;
    }

    private static async Task<int> KubeconfigAsync(DetachedControlPlane cluster, CancellationToken cancellation)
    {
        await using var plane = await cluster.FindAsync(cancellation)
            ?? throw new ControlPlaneException("No control plane is up, so there is no kubeconfig. Start one with: hack/cluster up");
        Console.WriteLine(plane.KubeconfigPath);
        return 0;
    }
}
