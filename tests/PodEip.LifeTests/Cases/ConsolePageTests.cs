using System.Text.Json.Nodes;
using PodEip.Dev;
using PodEip.Dev.Quickstart;
using PodEip.Kubernetes.Api;
using PodEip.LifeTests.Browsing;
using PodEip.Scenes;
using Xunit;

namespace PodEip.LifeTests.Cases;

/// <summary>The console's page as a person sees it, in a real browser. What it looked like is left in artifacts/console.</summary>
[Collection(Stage.Alone)]
public sealed class ConsolePageTests(Stage stage, ITestOutputHelper output) : TroubledScene(stage, output)
{
    // The console's own rights are tried in the cluster tests.
    private static readonly SceneOptions WithConsole = new() { Name = "console", Cvms = 2, Flags = "--console", IsAdministrator = true, Cloud = SceneOptions.Plenty with { Isps = ["BGP"] } };

    private const string Markup = "<img src=x onerror=alert(1)>";

    private static string Shot(string name) => Path.Combine(Checkout.Root, "artifacts", "console", name + ".png");

    [Fact]
    public async Task It_lets_people_in_shows_claims_live_tells_why_and_works_by_keyboard()
    {
        await using var browser = await Browser.StartAsync(Ct);
        var (scene, space) = await OpenAsync("shop", WithConsole);
        await scene.CreateAllAsync(space, [Pods.New("web-0"), Pods.New("web-1"), Pods.New("line", """{"ISP":"CMCC"}""")], Ct);
        await scene.BoundAsync(space, "web-0", Ct);
        await scene.BoundAsync(space, "web-1", Ct);
        await MarkupAsync(scene, space, "web-1");
        var token = await ViewerAsync(scene, space);

        await browser.PreferAsync("light", Ct);
        await browser.GoAsync(new Uri(await AddressAsync(scene), "/console"), Ct);
        await browser.UntilAsync("document.activeElement?.id === 'token'", Ct);
        await browser.ShootAsync(Shot("sign-in"), Ct);
        await browser.TypeAsync("nobodys", Ct);
        await browser.PressAsync("Enter", 13, Ct);
        await browser.UntilAsync("document.getElementById('refusal').innerText.includes('does not know this token')", Ct);

        await browser.TypeAsync(token, Ct);
        await browser.PressAsync("Enter", 13, Ct);
        await browser.UntilAsync("document.querySelectorAll('#claims tbody button').length >= 2 && document.querySelectorAll('#claims tbody .phase.good').length >= 2", Ct);
        await browser.UntilAsync("document.getElementById('tiles').innerText.includes('TOTAL_EIP_QUOTA')", Ct);
        Assert.Equal("true", await browser.AskAsync("document.getElementById('replica').innerText.includes('leading')", Ct));
        Assert.Equal("2", await browser.AskAsync("document.querySelectorAll('#nodes tbody tr').length", Ct));
        await browser.ShootAsync(Shot("overview"), Ct);

        // Live: a Pod that comes is seen without a reload.
        await scene.CreateAsync(space, Pods.New("late"), Ct);
        await browser.UntilAsync($"[...document.querySelectorAll('#claims tbody tr')].some(row => row.innerText.includes('late') && row.innerText.includes('Bound'))", Ct);

        // By text, by keyboard.
        await browser.AskAsync("document.getElementById('find').focus()", Ct);
        await browser.TypeAsync("web-1", Ct);
        await browser.UntilAsync("document.querySelectorAll('#claims tbody tr').length === 1", Ct);
        await browser.AskAsync("document.querySelector('#claims tbody button').focus()", Ct);
        await browser.PressAsync("Enter", 13, Ct);
        await browser.UntilAsync("document.getElementById('why-body').innerText.includes('Where it stands')", Ct);
        var why = await browser.AskAsync("document.getElementById('why-body').innerText", Ct);
        Assert.Contains("is bound", why, StringComparison.Ordinal);
        Assert.Contains(Markup, why, StringComparison.Ordinal);
        Assert.Equal("0", await browser.AskAsync("document.querySelectorAll('img').length", Ct));
        await browser.PressAsync("Escape", 27, Ct);
        await browser.UntilAsync("document.getElementById('why').hidden && document.activeElement.dataset.key?.endsWith('/web-1')", Ct);

        // One that can't be served: the cause and the next step.
        await browser.AskAsync("(() => { const find = document.getElementById('find'); find.value = 'line'; find.dispatchEvent(new Event('input')); })()", Ct);
        await browser.UntilAsync("document.querySelectorAll('#claims tbody tr').length === 1", Ct);
        await browser.AskAsync("document.querySelector('#claims tbody tr').click()", Ct);
        await browser.UntilAsync("document.querySelector('.finding.trouble')?.innerText.includes('Do next')", Ct);
        await browser.AskAsync("(() => { const find = document.getElementById('find'); find.value = ''; find.dispatchEvent(new Event('input')); })()", Ct);
        await browser.ShootAsync(Shot("why"), Ct);
        await browser.PreferAsync("dark", Ct);
        await browser.ShootAsync(Shot("why-dark"), Ct);

        // Nothing of the token is left in the page or its stores, and nothing of the page was refused.
        Assert.Equal("0", await browser.AskAsync("localStorage.length + sessionStorage.length + document.cookie.length", Ct));
        Assert.Equal("false", await browser.AskAsync("document.documentElement.outerHTML.includes('eyJ') || location.href.includes('eyJ')", Ct));
        Assert.DoesNotContain(browser.Complaints, complaint => !complaint.Contains("401 (Unauthorized)", StringComparison.Ordinal));
        await browser.AskAsync("document.getElementById('leave').click()", Ct);
        await browser.UntilAsync("!document.getElementById('enter').hidden && document.getElementById('board').hidden && document.querySelectorAll('#claims tbody tr').length === 0", Ct);
    }

    /// <summary>Somebody writes markup into an event.</summary>
    private static async Task MarkupAsync(Scene scene, string space, string pod)
    {
        var uid = (await scene.Client.CoreV1.ReadNamespacedPodAsync(pod, space, cancellationToken: Ct)).Metadata.Uid;
        await scene.Api.ApplyAsync(
            ResourcePath.Core("v1", "events", space, "markup"),
            $$"""
            {"apiVersion":"v1","kind":"Event","metadata":{"name":"markup"},"type":"Normal","reason":"Mischief","message":"{{Markup}}","lastTimestamp":"2026-01-01T00:00:00Z",
             "involvedObject":{"apiVersion":"v1","kind":"Pod","namespace":"{{space}}","name":"{{pod}}","uid":"{{uid}}"} }
            """,
            Ct);
    }

    private static async Task<Uri> AddressAsync(Scene scene)
    {
        var line = await scene.Controller.Process.LineAsync(line => line.Contains("Serving /healthz", StringComparison.Ordinal), "where it serves", cancellation: Ct);
        return new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim());
    }

    /// <summary>A token of an account with the role that the manifests have for people who look.</summary>
    private static async Task<string> ViewerAsync(Scene scene, string space)
    {
        const string Rbac = "rbac.authorization.k8s.io";
        var role = Manifest.Read(Path.Combine(Checkout.Root, "deploy", "components", "console", "viewer.yaml"))[0];
        await scene.Api.ApplyAsync(ResourcePath.Group(Rbac, "v1", "clusterroles", name: (string)role["metadata"]!["name"]!), role.ToJsonString(), Ct);
        await scene.Api.ApplyAsync(ResourcePath.Core("v1", "serviceaccounts", space, "viewer"), """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"viewer"} }""", Ct);
        await scene.Api.ApplyAsync(
            ResourcePath.Group(Rbac, "v1", "clusterrolebindings", name: space),
            Manifests.Binding("ClusterRoleBinding", space, "ClusterRole", (string)role["metadata"]!["name"]!, $"system:serviceaccount:{space}:viewer"), Ct);
        var request = JsonNode.Parse("""{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":3600} }""")!.AsObject();
        var answer = await scene.Api.CreateAsync(ResourcePath.Core("v1", "serviceaccounts", space, "viewer", "token"), request, TestJson.Default.JsonObject, Ct);
        return (string)answer["status"]!["token"]!;
    }
}
