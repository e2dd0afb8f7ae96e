using k8s;
using k8s.Models;
using PodEip.CloudSim.Machines;
using PodEip.TestKit.ControlPlane;
using PodEip.TestKit.Waiting;

namespace PodEip.CloudSim.Tests.Machines;

public sealed class MachineTests(ControlPlaneFixture cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CVMs_are_ready_Nodes_with_what_they_offer()
    {
        await using var fleet = await Fleet.StartAsync(cluster, machines: 2, cpu: 6, new MachineSettings { OfferEips = true, Taint = "sim.podeip.io/hollow=yes:NoSchedule" }, ct: Ct);
        var cvm = fleet.Cvms[1];
        var node = await Eventually.BecomesAsync(
            token => fleet.Client.CoreV1.ReadNodeAsync(cvm.Name, cancellationToken: token),
            node => node.Status.Conditions.Any(c => c.Type == "Ready" && c.Status == "True") && node.Spec.Taints?.Any(t => t.Key.StartsWith("node.kubernetes.io", StringComparison.Ordinal)) != true,
            cancellation: Ct);
        Assert.Equal($"qcloud:///{fleet.Zone}/{cvm.Id}", node.Spec.ProviderID);
        Assert.Equal(fleet.Model.FindEni(cvm.PrimaryEniId)!.Ips[0].Ip, node.Status.Addresses.Single(a => a.Type == "InternalIP").Address);
        Assert.Equal("6", node.Status.Capacity["cpu"].ToString());
        // 6 vCPUs may carry 3 public IPs.
        Assert.Equal("2", node.Status.Allocatable["tke.cloud.tencent.com/eip"].ToString());
        Assert.Equal("250", node.Status.Allocatable["tke.cloud.tencent.com/eni-ip"].ToString());
        Assert.Equal("20", node.Status.Allocatable["tke.cloud.tencent.com/direct-eni"].ToString());
        var taint = Assert.Single(node.Spec.Taints);
        Assert.Equal(("sim.podeip.io/hollow", "yes", "NoSchedule"), (taint.Key, taint.Value, taint.Effect));
        await Eventually.BecomesTrueAsync(async token =>
            (await fleet.Client.CoordinationV1.ReadNamespacedLeaseAsync(cvm.Name, "kube-node-lease", cancellationToken: token)).Spec.HolderIdentity == cvm.Name);
    }

    [Fact]
    public async Task A_StatefulSets_Pods_run_with_an_IP_of_their_machines_ENI()
    {
        await using var fleet = await Fleet.StartAsync(cluster, machines: 2, ct: Ct);
        var labels = new Dictionary<string, string> { ["app"] = "web" };
        var template = new V1PodTemplateSpec { Metadata = Fleet.Meta("web"), Spec = fleet.Spec(("eni-ip", "1"), ("eip", "1")) };
        (template.Metadata.Name, template.Metadata.Labels) = (null, labels);
        await fleet.Client.AppsV1.CreateNamespacedStatefulSetAsync(
            new V1StatefulSet
            {
                Metadata = new() { Name = "web" },
                Spec = new() { Replicas = 3, ServiceName = "web", Selector = new() { MatchLabels = labels }, Template = template },
            },
            fleet.Space,
            cancellationToken: Ct);
        for (var i = 0; i < 3; i++)
        {
            var pod = await fleet.RunningAsync($"web-{i}", Ct);
            var eni = fleet.EniOf(pod.Status.PodIP)!;
            var cvm = fleet.Cvms.Single(c => c.Name == pod.Spec.NodeName);
            Assert.Equal((cvm.Id, false), (eni.InstanceId, eni.IsPrimary));
            Assert.False(eni.FindIp(pod.Status.PodIP)!.IsPrimary);
            Assert.Equal(fleet.Model.FindEni(cvm.PrimaryEniId)!.Ips[0].Ip, pod.Status.HostIP);
            Assert.NotNull(Assert.Single(pod.Status.ContainerStatuses).State.Running);
        }
    }

    [Fact]
    public async Task Networks_decide_where_the_IP_comes_from()
    {
        await using var fleet = await Fleet.StartAsync(cluster, ct: Ct);
        var direct = await fleet.RunAsync(fleet.Pod("direct", "tke-direct-eni"), Ct);
        Assert.True(fleet.EniOf(direct.Status.PodIP) is { IsPrimary: false } own && own.FindIp(direct.Status.PodIP)!.IsPrimary);
        var listed = await fleet.RunAsync(fleet.Pod("listed", "tke-bridge, tke-route-eni"), Ct);
        Assert.False(fleet.EniOf(listed.Status.PodIP)!.FindIp(listed.Status.PodIP)!.IsPrimary);
        var silent = await fleet.RunAsync(fleet.Pod("silent", networks: null), Ct);
        Assert.NotNull(fleet.EniOf(silent.Status.PodIP));
        var off = await fleet.RunAsync(fleet.Pod("off", "tke-bridge"), Ct);
        Assert.StartsWith("172.30.", off.Status.PodIP, StringComparison.Ordinal);
        Assert.Null(fleet.EniOf(off.Status.PodIP));
        var host = await fleet.RunAsync(fleet.Pod("host", change: pod => pod.Spec.HostNetwork = true), Ct);
        Assert.Equal(host.Status.HostIP, host.Status.PodIP);
    }

    [Fact]
    public async Task A_freed_IP_goes_to_the_next_Pod_at_once_and_a_fixed_one_waits_for_its_name()
    {
        await using var fleet = await Fleet.StartAsync(cluster, machines: 2, ct: Ct);
        foreach (var networks in (string[])["tke-route-eni", "tke-direct-eni"])
        {
            var kind = networks.Split('-')[1];
            var first = await fleet.RunAsync(fleet.Pod($"{kind}-a", networks, machine: 0), Ct);
            var keeper = await fleet.RunAsync(fleet.Pod($"{kind}-fixed", networks, fixedIp: true, machine: 0), Ct);
            await fleet.DeleteAsync($"{kind}-a", Ct);
            await fleet.DeleteAsync($"{kind}-fixed", Ct);

            var next = await fleet.RunAsync(fleet.Pod($"{kind}-b", networks, machine: 0), Ct);
            Assert.Equal(first.Status.PodIP, next.Status.PodIP);
            var other = await fleet.RunAsync(fleet.Pod($"{kind}-c", networks, machine: 0), Ct);
            Assert.NotEqual(keeper.Status.PodIP, other.Status.PodIP);

            // Elsewhere, too: the IP moves to the other machine.
            Assert.Equal(fleet.Cvms[0].Id, fleet.EniOf(keeper.Status.PodIP)!.InstanceId);
            var back = await fleet.RunAsync(fleet.Pod($"{kind}-fixed", networks, fixedIp: true, machine: 1), Ct);
            Assert.Equal(keeper.Status.PodIP, back.Status.PodIP);
            Assert.Equal(fleet.Cvms[1].Id, fleet.EniOf(back.Status.PodIP)!.InstanceId);
        }
    }

    [Fact]
    public async Task The_scheduler_keeps_the_Pod_Pending_that_finds_no_eip_left()
    {
        await using var fleet = await Fleet.StartAsync(cluster, machines: 2, cpu: 4, ct: Ct);
        foreach (var name in (string[])["a", "b", "c"])
        {
            await fleet.CreateAsync(new V1Pod { Metadata = Fleet.Meta(name), Spec = fleet.Spec(("eip", "1")) }, Ct);
        }

        // 4 vCPUs may carry 2 public IPs, one of which is the machine's own.
        var pods = await Eventually.BecomesAsync(
            async token => (await fleet.Client.CoreV1.ListNamespacedPodAsync(fleet.Space, cancellationToken: token)).Items,
            pods => pods.Count(p => p.Status.Phase == "Running") == 2 && pods.Any(p => p.Status.Conditions?.Any(c => c.Reason == "Unschedulable") == true),
            cancellation: Ct);
        var surplus = pods.Single(p => p.Status.Phase == "Pending");
        Assert.Contains("Insufficient tke.cloud.tencent.com/eip", surplus.Status.Conditions.Single(c => c.Type == "PodScheduled").Message, StringComparison.Ordinal);
        await fleet.DeleteAsync(pods.First(p => p.Status.Phase == "Running").Metadata.Name, Ct);
        await fleet.RunningAsync(surplus.Metadata.Name, Ct);
    }

    [Fact]
    public async Task Containers_end_then_the_IP_is_freed_then_the_Pod_goes()
    {
        await using var fleet = await Fleet.StartAsync(cluster, delays: Fleet.Quick with { Sandbox = TimeSpan.FromHours(1), Remove = TimeSpan.FromHours(1) }, ct: Ct);
        var pod = await fleet.RunAsync(fleet.Pod("a"), Ct);
        await fleet.Client.CoreV1.DeleteNamespacedPodAsync("a", fleet.Space, cancellationToken: Ct);
        var ended = await fleet.PodAsync("a", p => p.Status.ContainerStatuses[0].State.Terminated is not null, Ct);
        Assert.Equal(("False", pod.Status.PodIP), (Fleet.Condition(ended, "Ready"), ended.Status.PodIP));
        Assert.Equal(pod.Status.PodIP, Only(fleet).Ip);

        fleet.Machines.Delays = Fleet.Quick with { Remove = TimeSpan.FromHours(1) };
        await Eventually.BecomesTrueAsync(() => Only(fleet) is { Step: "Gone", Ip: null });
        await fleet.Client.CoreV1.ReadNamespacedPodAsync("a", fleet.Space, cancellationToken: Ct);

        fleet.Machines.Delays = Fleet.Quick;
        await fleet.GoneAsync("a", Ct);
    }

    [Fact]
    public async Task Containers_that_do_not_end_are_killed_when_the_grace_period_is_over()
    {
        await using var fleet = await Fleet.StartAsync(cluster, delays: Fleet.Quick with { Stop = TimeSpan.FromHours(1) }, ct: Ct);
        await fleet.RunAsync(fleet.Pod("a", change: pod => pod.Spec.TerminationGracePeriodSeconds = 1), Ct);
        await fleet.DeleteAsync("a", Ct);
    }

    [Fact]
    public async Task After_a_forced_deletion_the_old_Pod_holds_its_IP_while_its_namesake_starts()
    {
        await using var fleet = await Fleet.StartAsync(cluster, ct: Ct);
        var old = await fleet.RunAsync(fleet.Pod("a"), Ct);
        Assert.True(fleet.Machines.Lose(fleet.Cvms[0].Name));
        await fleet.Client.CoreV1.DeleteNamespacedPodAsync("a", fleet.Space, new V1DeleteOptions { GracePeriodSeconds = 0 }, cancellationToken: Ct);
        await fleet.GoneAsync("a", Ct);
        Assert.Equal(old.Status.PodIP, Only(fleet).Ip);
        Assert.True(fleet.Machines.Return(fleet.Cvms[0].Name));
        await Eventually.BecomesTrueAsync(() => fleet.Machines.Machines[0].Pods.Count == 0);
    }

    [Fact]
    public async Task A_lost_machine_is_not_ready_and_its_Pods_linger_until_it_returns()
    {
        await using var fleet = await Fleet.StartAsync(cluster, machines: 2, ct: Ct);
        var node = fleet.Cvms[0].Name;
        await fleet.RunAsync(fleet.Pod("a", machine: 0), Ct);
        Assert.False(fleet.Machines.Lose("nobody"));
        Assert.True(fleet.Machines.Lose(node));
        await ReadyAsync(fleet, node, "Unknown");
        await fleet.Client.CoreV1.DeleteNamespacedPodAsync("a", fleet.Space, cancellationToken: Ct);
        // The machine that is left works on, so the lost one has had its chance.
        await fleet.RunAsync(fleet.Pod("b", machine: 1), Ct);
        var lingering = await fleet.Client.CoreV1.ReadNamespacedPodAsync("a", fleet.Space, cancellationToken: Ct);
        Assert.NotNull(lingering.Metadata.DeletionTimestamp);
        Assert.True(fleet.Machines.Return(node));
        await ReadyAsync(fleet, node, "True");
        await fleet.GoneAsync("a", Ct);
    }

    [Fact]
    public async Task Pods_that_end_by_themselves_end_with_their_code_and_free_their_IP()
    {
        await using var fleet = await Fleet.StartAsync(cluster, ct: Ct);
        V1Pod Ending(string name, string code) => fleet.Pod(name, change: pod =>
        {
            pod.Spec.RestartPolicy = "Never";
            pod.Metadata.Annotations["sim.podeip.io/exit-after"] = "10ms";
            pod.Metadata.Annotations["sim.podeip.io/exit-code"] = code;
        });
        await fleet.CreateAsync(Ending("good", "0"), Ct);
        await fleet.CreateAsync(Ending("bad", "3"), Ct);
        var good = await fleet.PodAsync("good", pod => pod.Status.Phase == "Succeeded", Ct);
        var bad = await fleet.PodAsync("bad", pod => pod.Status.Phase == "Failed", Ct);
        Assert.Equal((0, 3), (good.Status.ContainerStatuses[0].State.Terminated.ExitCode, bad.Status.ContainerStatuses[0].State.Terminated.ExitCode));
        await Eventually.BecomesTrueAsync(() => fleet.Machines.Machines[0].Pods.All(pod => pod.Ip is null));
        await fleet.DeleteAsync("good", Ct);
    }

    [Fact]
    public async Task Readiness_waits_for_gates_and_follows_them()
    {
        await using var fleet = await Fleet.StartAsync(cluster, ct: Ct);
        await fleet.CreateAsync(fleet.Pod("a", change: pod => pod.Spec.ReadinessGates = [new V1PodReadinessGate { ConditionType = "podeip.io/bound" }]), Ct);
        await fleet.PodAsync("a", pod => pod.Status.Phase == "Running" && Fleet.Condition(pod, "ContainersReady") == "True" && Fleet.Condition(pod, "Ready") == "False", Ct);
        await GateAsync("True");
        await fleet.PodAsync("a", pod => Fleet.Condition(pod, "Ready") == "True", Ct);
        await GateAsync("False");
        await fleet.PodAsync("a", pod => Fleet.Condition(pod, "Ready") == "False", Ct);

        Task GateAsync(string status)
        {
            var patch = $$$"""{"status":{"conditions":[{"type":"podeip.io/bound","status":"{{{status}}}"}]}}""";
            return fleet.Client.CoreV1.PatchNamespacedPodStatusAsync(new V1Patch(patch, V1Patch.PatchType.StrategicMergePatch), "a", fleet.Space, cancellationToken: Ct);
        }
    }

    [Fact]
    public async Task A_new_process_over_the_same_cloud_takes_over_what_runs()
    {
        await using var fleet = await Fleet.StartAsync(cluster, ct: Ct);
        var old = await fleet.RunAsync(fleet.Pod("a"), Ct);
        var keeper = await fleet.RunAsync(fleet.Pod("k", fixedIp: true), Ct);
        keeper = await fleet.PodAsync("k", pod => Fleet.Condition(pod, "Ready") == "True", Ct);
        await fleet.RestartAsync();
        await Eventually.BecomesTrueAsync(() => fleet.Machines.Machines[0].Pods.Count == 2 && fleet.Machines.Machines[0].Pods.All(pod => pod.Ip is not null));
        var other = await fleet.RunAsync(fleet.Pod("b"), Ct);
        Assert.Equal(keeper.ResourceVersion(), (await fleet.PodAsync("k", pod => pod.Status.Phase == "Running", Ct)).ResourceVersion());
        Assert.NotEqual(old.Status.PodIP, other.Status.PodIP);
        await fleet.DeleteAsync("k", Ct);
        await fleet.DeleteAsync("a", Ct);
        Assert.Equal(old.Status.PodIP, (await fleet.RunAsync(fleet.Pod("c"), Ct)).Status.PodIP);
        Assert.Equal(keeper.Status.PodIP, (await fleet.RunAsync(fleet.Pod("k", fixedIp: true), Ct)).Status.PodIP);
    }

    [Fact]
    public async Task A_new_CVM_joins_and_a_terminated_one_leaves()
    {
        await using var fleet = await Fleet.StartAsync(cluster, ct: Ct);
        var cvm = fleet.Model.CreateCvm(fleet.Cvms[0].SubnetId, 4, name: $"{fleet.Space}-late");
        await ReadyAsync(fleet, cvm.Name, "True");
        fleet.Model.TerminateCvm(cvm.Id);
        await Eventually.BecomesTrueAsync(async token => (await fleet.Client.CoreV1.ListNodeAsync(fieldSelector: $"metadata.name={cvm.Name}", cancellationToken: token)).Items.Count == 0, cancellation: Ct);
    }

    [Fact]
    public async Task A_hundred_Pods_come_and_go()
    {
        await using var fleet = await Fleet.StartAsync(cluster, machines: 3, ct: Ct);
        var labels = new Dictionary<string, string> { ["app"] = "many" };
        await fleet.Client.AppsV1.CreateNamespacedReplicaSetAsync(
            new V1ReplicaSet
            {
                Metadata = new() { Name = "many" },
                Spec = new() { Replicas = 100, Selector = new() { MatchLabels = labels }, Template = new() { Metadata = new() { Labels = labels }, Spec = fleet.Spec() } },
            },
            fleet.Space,
            cancellationToken: Ct);
        var limit = TimeSpan.FromMinutes(5);
        await Eventually.BecomesAsync(_ => Task.FromResult(fleet.Machines.Machines.Sum(m => m.Pods.Count(p => p.Step == "Running"))), running => running == 100, limit, cancellation: Ct);
        var ips = fleet.Machines.Machines.SelectMany(m => m.Pods).Select(p => p.Ip).ToList();
        Assert.Equal(100, ips.Distinct().Count());
        await fleet.Client.AppsV1.DeleteNamespacedReplicaSetAsync("many", fleet.Space, cancellationToken: Ct);
        await Eventually.BecomesAsync(_ => Task.FromResult(fleet.Machines.Machines.Sum(m => m.Pods.Count)), left => left == 0, limit, cancellation: Ct);
    }

    private static MachinePodView Only(Fleet fleet) => Assert.Single(Assert.Single(fleet.Machines.Machines).Pods);

    private static Task ReadyAsync(Fleet fleet, string node, string status)
        => Eventually.BecomesAsync(
            async token => (await fleet.Client.CoreV1.ReadNodeAsync(node, cancellationToken: token)).Status.Conditions.Single(c => c.Type == "Ready").Status,
            seen => seen == status,
            description: $"Ready to be {status}",
            cancellation: Ct);
}
