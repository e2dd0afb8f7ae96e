using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Api.Demands;
using PodEip.Controller.Admission;
using PodEip.Hosting;
using Xunit;

namespace PodEip.Controller.Tests.Admission;

public sealed class AdmissionJudgeTests
{
    private const string Prefix = "tke.cloud.tencent.com/";
    private const string Wants = $$"""{"{{Prefix}}eip-attributes":""}""";

    private static AdmissionJudge Judge(bool inject = false) => new(new WebhookSettings
    {
        Listen = ListenAddress.Parse("127.0.0.1:0").Value!,
        Namespace = "podeip-system",
        Demands = new DemandSettings(),
        Inject = inject,
    });

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    private static AdmissionRequest Request(string o, string kind = "Pod", string group = "", string operation = "CREATE", string? old = null, string ns = "shop", string? sub = null) => new()
    {
        Uid = "u", Kind = new AdmissionKind(group, "v1", kind), Operation = operation, Namespace = ns, SubResource = sub, Now = Json(o), Before = old is null ? default : Json(old),
    };

    private static string Pod(string annotations = Wants, string spec = """ "containers":[{"name":"c","resources":{"limits":{"tke.cloud.tencent.com/eip":"1"}}}] """, string more = "") =>
        $$"""{"metadata":{"name":"p","annotations":{{annotations}}{{more}} },"spec":{ {{spec}} } }""";

    private static string Annotation(string name, string value) => new JsonObject { [Prefix + name] = value }.ToJsonString();

    [Theory]
    [InlineData("eip-attributes", "{bad", "is not JSON")]
    [InlineData("eip-attributes", """{"ISP":"XYZ"}""", "BGP")]
    [InlineData("eip-attributes", """{"Bandwidth":0}""", "Bandwidth")]
    [InlineData("eip-attributes", """{"Bandwith":"5"}""", "Bandwidth")]
    [InlineData("eip-id-list", "eip-1,,eip-2", "entry 2 is empty")]
    [InlineData("eip-id-list", "", "names no address")]
    [InlineData("claim-expired-duration", "4m", "at least 5m")]
    public void What_cannot_work_is_refused_with_the_annotation_and_what_is_allowed(string name, string value, string words)
    {
        var refusal = Judge().Validate(Request(Pod(Annotation(name, value)))).Refusal;
        Assert.Contains(Prefix + name, refusal, StringComparison.Ordinal);
        Assert.Contains(words, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Pod_that_no_address_can_be_bound_to_is_refused_with_the_fix()
    {
        var host = Judge().Validate(Request(Pod(spec: """ "hostNetwork": true """))).Refusal;
        Assert.Contains("take out hostNetwork", host, StringComparison.Ordinal);
        var other = Judge().Validate(Request(Pod($$"""{"{{Prefix}}eip-attributes":"","{{Prefix}}networks":"tke-bridge"}"""))).Refusal;
        Assert.Contains("set the annotation " + Prefix + "networks", other, StringComparison.Ordinal);
        Assert.Null(Judge().Validate(Request(Pod("{}", """ "hostNetwork": true """))).Refusal);
    }

    [Theory]
    [InlineData("Deployment", "apps", """{"spec":{"template":TEMPLATE}}""")]
    [InlineData("StatefulSet", "apps", """{"spec":{"template":TEMPLATE}}""")]
    [InlineData("DaemonSet", "apps", """{"spec":{"template":TEMPLATE}}""")]
    [InlineData("ReplicaSet", "apps", """{"spec":{"template":TEMPLATE}}""")]
    [InlineData("Job", "batch", """{"spec":{"template":TEMPLATE}}""")]
    [InlineData("CronJob", "batch", """{"spec":{"jobTemplate":{"spec":{"template":TEMPLATE}}}}""")]
    public void The_template_of_a_workload_is_judged_as_its_Pods_will_be(string kind, string group, string workload)
    {
        string With(string attributes) => workload.Replace("TEMPLATE", Pod(Annotation("eip-attributes", attributes)), StringComparison.Ordinal);
        Assert.Contains("ISP", Judge().Validate(Request(With("""{"ISP":"X"}"""), kind, group)).Refusal, StringComparison.Ordinal);
        Assert.Equal(Verdict.Silent.Refusal, Judge().Validate(Request(With(""), kind, group)).Refusal);
        Assert.Same(Verdict.Silent, Judge(inject: true).Mutate(Request(With(""), kind, group)));
        Assert.Same(Verdict.Silent, Judge().Validate(Request(With("""{"ISP":"X"}"""), kind, "example.com")));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void A_list_shorter_than_the_replicas_is_a_warning(int replicas, int warnings)
    {
        var set = $$"""{"spec":{"replicas":{{replicas}},"template":{{Pod(Annotation("eip-id-list", "eip-1,eip-2"))}} } }""";
        var verdict = Judge().Validate(Request(set, "StatefulSet", "apps"));
        Assert.Null(verdict.Refusal);
        Assert.Equal(warnings, verdict.Warnings.Count(w => w.Contains("2 addresses for 3 Pods", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"P/eip-attributes":"","P/eip-claim-delete-policy":"never"}""", "only Never")]
    [InlineData("""{"P/eip-attributes":"","P/eip-attribute":"{}"}""", "P/eip-attribute is not known")]
    [InlineData("""{"P/eip-attributes":"","P/eip-id-list":"eip-1"}""", "is ignored")]
    public void What_does_nothing_is_a_warning(string annotations, string words)
    {
        var verdict = Judge().Validate(Request(Pod(annotations.Replace("P/", Prefix, StringComparison.Ordinal))));
        Assert.Null(verdict.Refusal);
        Assert.Contains(verdict.Warnings, w => w.Contains(words.Replace("P/", Prefix, StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void A_Pod_that_asks_for_no_slot_and_a_gate_without_a_demand_are_warnings()
    {
        var bare = Request(Pod(spec: """ "containers":[{"name":"c"}] """));
        Assert.Contains(Judge().Validate(bare).Warnings, w => w.Contains("asks for the resource", StringComparison.Ordinal));
        Assert.Empty(Judge(inject: true).Validate(bare).Warnings);
        Assert.Contains(Judge().Validate(Request(Pod("{}", """ "readinessGates":[{"conditionType":"podeip.io/bound"}] """))).Warnings, w => w.Contains("never be ready", StringComparison.Ordinal));
    }

    [Fact]
    public void An_update_that_touches_nothing_of_it_is_never_refused()
    {
        var bad = Pod(Annotation("eip-attributes", "{bad"));
        Assert.Same(Verdict.Silent, Judge().Validate(Request(bad, operation: "UPDATE", old: bad)));
        Assert.Same(Verdict.Silent, Judge().Validate(Request(Pod(Annotation("eip-attributes", "{bad"), more: ""","labels":{"a":"b"}"""), operation: "UPDATE", old: bad)));
        Assert.NotNull(Judge().Validate(Request(bad, operation: "UPDATE", old: Pod())).Refusal);
    }

    [Fact]
    public void What_ends_is_never_refused()
    {
        var ending = Pod(Annotation("eip-attributes", "{bad"), more: ""","deletionTimestamp":"2026-01-01T00:00:00Z" """);
        Assert.Same(Verdict.Silent, Judge().Validate(Request(ending, operation: "UPDATE", old: Pod())));
        Assert.Same(Verdict.Silent, Judge().Validate(Request("null", operation: "DELETE", old: ending)));
    }

    [Theory]
    [InlineData("kube-system", null)]
    [InlineData("podeip-system", null)]
    [InlineData("shop", "status")]
    public void Namespaces_of_the_system_and_subresources_are_left_alone(string ns, string? sub) =>
        Assert.Same(Verdict.Silent, Judge().Validate(Request(Pod(Annotation("eip-attributes", "{bad")), ns: ns, sub: sub)));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"metadata":null,"spec":null}""")]
    [InlineData("""{"metadata":{"annotations":[1]},"spec":{"containers":{"a":1},"initContainers":7,"readinessGates":"x","hostNetwork":"yes"}}""")]
    [InlineData("""{"metadata":{"annotations":{"tke.cloud.tencent.com/eip-attributes":7}},"spec":[]}""")]
    public void What_is_no_Pod_at_all_passes(string o)
    {
        Assert.Null(Judge(inject: true).Validate(Request(o)).Refusal);
        Assert.Null(Judge(inject: true).Mutate(Request(o)).Patch);
        Assert.Null(Judge().Validate(Request(o, "Deployment", "apps")).Refusal);
        Assert.Null(Judge().Validate(Request(o, "CronJob", "batch")).Refusal);
        Assert.Same(Verdict.Silent, Judge().Validate(new AdmissionRequest()));
    }

    [Theory]
    [InlineData(""" "containers":[{"name":"c"}] """, "/spec/containers/0/resources")]
    [InlineData(""" "containers":[{"name":"c","resources":null}] """, "/spec/containers/0/resources")]
    [InlineData(""" "containers":[{"name":"c","resources":{}}] """, "/spec/containers/0/resources/limits,/spec/containers/0/resources/requests")]
    [InlineData(""" "containers":[{"name":"c","resources":{"limits":{"cpu":"1"}}}] """, "/spec/containers/0/resources/limits/tke.cloud.tencent.com~1eip,/spec/containers/0/resources/requests")]
    [InlineData(""" "containers":[{"name":"c"},{"name":"d","resources":{"requests":{"tke.cloud.tencent.com/eip":"1"}}}] """, "")]
    [InlineData(""" "initContainers":[{"name":"i","resources":{"limits":{"tke.cloud.tencent.com/eip":"1"}}}],"containers":[{"name":"c"}] """, "")]
    public void The_resource_is_put_in_where_it_is_missing(string spec, string paths) =>
        Assert.Equal(paths, string.Join(',', Paths(Pod(spec: spec)).Where(p => p.Contains("resources", StringComparison.Ordinal))));

    [Theory]
    [InlineData("", "/spec/readinessGates")]
    [InlineData(""" "readinessGates":null, """, "/spec/readinessGates")]
    [InlineData(""" "readinessGates":[{"conditionType":"a.b/c"}], """, "/spec/readinessGates/-")]
    [InlineData(""" "readinessGates":[{"conditionType":"podeip.io/bound"}], """, "")]
    public void The_gate_is_put_in_where_it_is_missing(string gates, string path) =>
        Assert.Equal(path, string.Join(',', Paths(Pod(spec: gates + """ "containers":[] """))));

    [Fact]
    public void Nothing_is_put_in_where_nobody_asks_or_nothing_could_be_bound_or_it_is_off()
    {
        Assert.Null(Judge(inject: false).Mutate(Request(Pod())).Patch);
        Assert.Empty(Paths(Pod("{}")));
        Assert.Empty(Paths(Pod(Annotation("eip-attributes", "{bad"))));
        Assert.Empty(Paths(Pod(spec: """ "hostNetwork":true,"containers":[{"name":"c"}] """)));
        Assert.Empty(Paths(Pod($$"""{"{{Prefix}}eip-attributes":"","kubernetes.io/config.mirror":"x"}""")));
        Assert.Null(Judge(inject: true).Mutate(Request(Pod(), operation: "UPDATE", old: Pod())).Patch);
    }

    private static IEnumerable<string> Paths(string pod) => (Judge(inject: true).Mutate(Request(pod)).Patch ?? []).Select(op => (string)op!["path"]!);
}
