using System.Diagnostics;
using System.Globalization;
using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PodEip.Dev.ControlPlane;
using PodEip.Dev.Processes;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.Kubernetes.Tests.ControlPlane;

public sealed class ControlPlaneTests(ControlPlaneFixture cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_ports_are_none_that_the_kernel_gives_to_connections()
    {
        // A part that is stopped gets its own back.
        var first = int.Parse((await File.ReadAllTextAsync("/proc/sys/net/ipv4/ip_local_port_range", Cancellation)).Split('\t')[0], CultureInfo.InvariantCulture);
        Assert.InRange((await cluster.AdminAsync(Cancellation)).BaseUri.Port, 1, first - 1);
    }

    [Fact]
    public async Task A_Pod_is_made_by_its_StatefulSet_and_judged_by_the_scheduler()
    {
        var client = await cluster.AdminAsync(Cancellation);
        var space = await cluster.CreateNamespaceAsync("plane", Cancellation);
        var labels = new Dictionary<string, string> { ["app"] = "web" };
        await client.AppsV1.CreateNamespacedStatefulSetAsync(
            new V1StatefulSet
            {
                Metadata = new() { Name = "web" },
                Spec = new()
                {
                    Replicas = 1,
                    ServiceName = "web",
                    Selector = new() { MatchLabels = labels },
                    Template = new() { Metadata = new() { Labels = labels }, Spec = new() { Containers = [new() { Name = "web", Image = "busybox" }] } },
                },
            },
            space, cancellationToken: Cancellation);

        // No node is there, so the scheduler says that it can't place the Pod: it has seen it.
        var pod = await Eventually.BecomesAsync(
            token => client.CoreV1.ReadNamespacedPodAsync("web-0", space, cancellationToken: token),
            pod => pod.Status?.Conditions?.Any(condition => condition.Reason == "Unschedulable") == true,
            cancellation: Cancellation);
        Assert.Equal("Pending", pod.Status.Phase);
    }

    [Fact]
    public async Task A_user_without_rights_is_refused_until_a_role_is_bound()
    {
        var admin = await cluster.AdminAsync(Cancellation);
        var space = await cluster.CreateNamespaceAsync("rbac", Cancellation);
        using var ann = await cluster.ClientAsync("ann@example.com", "testers");

        var refused = await Assert.ThrowsAsync<HttpOperationException>(() => ann.CoreV1.ListNamespacedPodAsync(space, cancellationToken: Cancellation));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Response.StatusCode);
        Assert.Contains("ann@example.com", refused.Response.Content, StringComparison.Ordinal);

        await admin.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            new V1RoleBinding
            {
                Metadata = new() { Name = "testers-view" },
                RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "view" },
                Subjects = [new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Group", Name = "testers" }],
            },
            space, cancellationToken: Cancellation);
        await Eventually.PassesAsync(token => ann.CoreV1.ListNamespacedPodAsync(space, cancellationToken: token), cancellation: Cancellation);
    }

    [Fact]
    public async Task A_killed_api_server_and_a_stopped_etcd_come_back_with_their_data()
    {
        await using var own = await TemporaryControlPlane.StartAsync(cancellation: Cancellation);
        var plane = own.Plane;
        using var client = ControlPlaneFixture.ClientFor(plane.KubeconfigPath);
        await client.CoreV1.CreateNamespacedConfigMapAsync(
            new V1ConfigMap { Metadata = new() { Name = "kept" }, Data = new Dictionary<string, string> { ["a"] = "1" } }, "default", cancellationToken: Cancellation);

        await plane.KillAsync(ControlPlanePart.ApiServer, Cancellation);
        Assert.Equal("not running", await plane.TroubleOfAsync(ControlPlanePart.ApiServer, Cancellation));
        await Assert.ThrowsAnyAsync<Exception>(() => client.CoreV1.ReadNamespacedConfigMapAsync("kept", "default", cancellationToken: Cancellation));
        await plane.StopAsync(ControlPlanePart.Etcd, Cancellation);
        await plane.StartAsync(ControlPlanePart.Etcd, Cancellation);
        await plane.StartAsync(ControlPlanePart.ApiServer, Cancellation);

        var kept = await client.CoreV1.ReadNamespacedConfigMapAsync("kept", "default", cancellationToken: Cancellation);
        Assert.Equal("1", kept.Data["a"]);
        var pids = Enum.GetValues<ControlPlanePart>().Select(part => plane.ProcessOf(part)!).ToList();
        await own.DisposeAsync();
        Assert.All(pids, process => Assert.False(process.IsAlive));
        Assert.False(Directory.Exists(plane.WorkFolder));
    }

    [Fact]
    public async Task A_part_that_ends_is_named_with_the_end_of_its_log()
    {
        var error = await Assert.ThrowsAsync<ControlPlaneException>(
            () => TemporaryControlPlane.StartAsync(options => options with { ApiServerArguments = ["--no-such-flag"] }, Cancellation));
        Assert.Contains("kube-apiserver ended", error.Message, StringComparison.Ordinal);
        Assert.Contains("unknown flag: --no-such-flag", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leashed_program_dies_when_its_starter_is_killed()
    {
        // The starter is a shell with a leashed sleep under it: closing its pipe is what the kernel does when the starter is killed.
        using var starter = LeashedProcess.Start(new ProgramStart("sleep", ["1000"]));
        var program = ProcessIdentity.Of(starter.Id)!;
        await Eventually.BecomesTrueAsync(() => File.ReadAllText($"/proc/{starter.Id}/comm").Trim() == "sleep", cancellation: Cancellation);
        program.Send(Signal.Stop); // even a frozen one

        starter.StandardInput.Close();
        Assert.True(await program.WaitForEndAsync(Eventually.DefaultLimit, Cancellation));
        await starter.WaitForExitAsync(Cancellation);
        Assert.Equal(128 + (int)Signal.Kill, starter.ExitCode);
    }

    [Fact]
    public void A_pid_alone_is_not_an_identity()
    {
        using var process = Process.GetCurrentProcess();
        var me = ProcessIdentity.Of(process.Id)!;
        var stranger = me with { StartTicks = me.StartTicks - 1 };
        Assert.True(me.IsAlive);
        Assert.False(stranger.IsAlive);
        Assert.False(stranger.Send(Signal.Kill));
    }
}
