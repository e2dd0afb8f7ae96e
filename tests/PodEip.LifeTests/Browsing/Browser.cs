using System.Buffers;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using PodEip.Dev.Processes;
using PodEip.TestKit.Processes;
using PodEip.TestKit.Waiting;
using Xunit;

namespace PodEip.LifeTests.Browsing;

/// <summary>A headless Chromium with one page, driven over the DevTools protocol (<c>chromedevtools.github.io/devtools-protocol</c>).</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private readonly ProcessUnderTest _process;
    private readonly DirectoryInfo _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonNode> _events = [];
    private int _calls;

    private Browser(ProcessUnderTest process, DirectoryInfo profile) => (_process, _profile) = (process, profile);

    /// <summary>What the page complained of: errors, exceptions, breaches of its Content-Security-Policy.</summary>
    public IEnumerable<string> Complaints => _events.Where(e => (string?)e["method"] is "Runtime.exceptionThrown" or "Log.entryAdded" or "Runtime.consoleAPICalled").Select(e => e.ToJsonString());

    /// <summary>Starts it; skips the test where there is none.</summary>
    public static async Task<Browser> StartAsync(CancellationToken cancellation)
    {
        Assert.SkipUnless(File.Exists(Program), "there is no Chromium here: hack/node-packages --browser");
        var profile = Directory.CreateTempSubdirectory("podeip-browser-");
        var process = ProcessUnderTest.StartProgram("chromium", new ProgramStart(Program,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server",
            "--disable-dev-shm-usage", "--window-size=1440,1000", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank",
        ]));
        var browser = new Browser(process, profile);
        try
        {
            var line = await process.LineAsync(line => line.Contains("DevTools listening on ws://", StringComparison.Ordinal), "where its DevTools are", TimeSpan.FromMinutes(2), cancellation);
            var root = new Uri(line[line.IndexOf("ws://", StringComparison.Ordinal)..].Trim().Replace("ws://", "http://", StringComparison.Ordinal));
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            var page = await Eventually.BecomesAsync(
                async token => (await http.GetFromJsonAsync<JsonArray>(new Uri(root, "/json/list"), token))!.FirstOrDefault(t => (string?)t!["type"] == "page"), page => page is not null, description: "a page", cancellation: cancellation);
            await browser._socket.ConnectAsync(new Uri((string)page!["webSocketDebuggerUrl"]!), cancellation);
            foreach (var domain in (string[])["Page", "Runtime", "Log"])
            {
                await browser.CallAsync($"{domain}.enable", [], cancellation);
            }

            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes somewhere.</summary>
    public Task GoAsync(Uri address, CancellationToken cancellation) => CallAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() }, cancellation);

    /// <summary>What an expression is in the page, as text.</summary>
    public async Task<string> AskAsync(string expression, CancellationToken cancellation)
    {
        var answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = $"String({expression})", ["awaitPromise"] = true }, cancellation);
        return (string?)answer["result"]?["value"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    /// <summary>Waits until an expression is true.</summary>
    public Task UntilAsync(string expression, CancellationToken cancellation) =>
        Eventually.BecomesAsync(token => AskAsync($"{expression} ? 'yes' : document.body.innerText", token), seen => seen == "yes", description: expression, cancellation: cancellation);

    /// <summary>Types into what has the focus.</summary>
    public Task TypeAsync(string text, CancellationToken cancellation) => CallAsync("Input.insertText", new JsonObject { ["text"] = text }, cancellation);

    /// <summary>Presses a key.</summary>
    public async Task PressAsync(string key, int code, CancellationToken cancellation)
    {
        foreach (var kind in (string[])["keyDown", "keyUp"])
        {
            var press = new JsonObject { ["type"] = kind, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code };
            if (key == "Enter" && kind == "keyDown")
            {
                press["text"] = "\r";
            }

            await CallAsync("Input.dispatchKeyEvent", press, cancellation);
        }
    }

    /// <summary>Light or dark, as the user's system says.</summary>
    public Task PreferAsync(string scheme, CancellationToken cancellation) => CallAsync(
        "Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }) }, cancellation);

    /// <summary>Writes a PNG of what is seen.</summary>
    public async Task ShootAsync(string file, CancellationToken cancellation)
    {
        var shot = await CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" }, cancellation);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, Convert.FromBase64String((string)shot["data"]!), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _process.DisposeAsync();
        // Its children end a little after it, and write until they do.
        await Eventually.PassesAsync(_ =>
        {
            _profile.Delete(recursive: true);
            return Task.CompletedTask;
        });
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters, CancellationToken cancellation)
    {
        var id = ++_calls;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(call), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        using var limit = new CancellationTokenSource(Eventually.DefaultLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        while (true)
        {
            var message = await ReadAsync(either.Token);
            if (message["method"] is not null)
            {
                _events.Add(message);
            }
            else if ((int?)message["id"] == id)
            {
                return message["result"] ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{method}: {message.ToJsonString()}"));
            }
        }
    }

    private async Task<JsonNode> ReadAsync(CancellationToken cancellation)
    {
        var text = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(text.GetMemory(64 * 1024), cancellation);
            text.Advance(part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(text.WrittenSpan)!;
    }
}
