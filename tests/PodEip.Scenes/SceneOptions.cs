using PodEip.CloudSim.Machines;
using PodEip.CloudSim.Model;

namespace PodEip.Scenes;

/// <summary>What a scene is made of. Equal options are one scene: tests that name the same share it.</summary>
internal sealed record SceneOptions
{
    /// <summary>Quotas that no test meets by accident.</summary>
    public static CloudSettings Plenty { get; } = new() { TotalQuota = 5000, DailyQuota = 100_000, SingleIspQuota = 1000, DailySingleIspQuota = 10_000 };

    /// <summary>Kubelets that no test of other things waits for.</summary>
    public static MachineDelays Brisk { get; } = new()
    {
        Ip = TimeSpan.FromMilliseconds(50),
        Start = TimeSpan.FromMilliseconds(50),
        Stop = TimeSpan.FromMilliseconds(50),
        Sandbox = TimeSpan.FromMilliseconds(10),
        Remove = TimeSpan.FromMilliseconds(10),
    };

    /// <summary>For tests that run at once in namespaces of their own: everything is fast and nothing is scarce.</summary>
    public static SceneOptions Shared { get; } = new() { Name = "shared", Cvms = 8, Cloud = Quick(Plenty) };

    /// <summary>For tests that run one after another and trouble the whole scene: the simulator's ordinary times.</summary>
    public static SceneOptions Troubled { get; } = new() { Name = "troubled", Cvms = 4 };

    /// <summary>Part of the names of Nodes and namespaces, for people who read logs.</summary>
    public required string Name { get; init; }

    /// <summary>Machines.</summary>
    public int Cvms { get; init; } = 3;

    /// <summary>vCPUs of each; 48 carry 9 addresses of Pods beside the machine's own.</summary>
    public int Cpu { get; init; } = 48;

    /// <summary>Public IPs each may carry in place of the cloud's table; the controller is told so. Null for the table.</summary>
    public int? PublicIpsPerCvm { get; init; }

    /// <summary>The cloud's quotas and times.</summary>
    public CloudSettings Cloud { get; init; } = Plenty;

    /// <summary>Factor on the documented call rates, for the cloud and the controller alike.</summary>
    public int Rates { get; init; } = 10;

    /// <summary>How fast the played kubelets work.</summary>
    public MachineDelays Delays { get; init; } = Brisk;

    /// <summary>How often the controller lists its addresses anew.</summary>
    public string Resync { get; init; } = "5s";

    /// <summary>How much the sweep may destroy in an hour: what crashes leave in tests is to be gone when they end.</summary>
    public int SweepBudget { get; init; } = 10_000;

    /// <summary>More flags of the controller.</summary>
    public string Flags { get; init; } = "";

    /// <summary>The controller has the temporary credentials of this role of its machine; null for a key pair.</summary>
    public string? Role { get; init; }

    /// <summary>The controller may do everything on the API server, not only what its manifest grants.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>The controller's executable; null for the program as it was built with the tests.</summary>
    public string? ControllerFile { get; init; }

    /// <summary>The controller's log level: debug shows each step of each claim when a test fails.</summary>
    public string LogLevel { get; init; } = "debug";

    private static CloudSettings Quick(CloudSettings settings) => settings with
    {
        CreatingTime = TimeSpan.FromMilliseconds(200),
        BindingTime = TimeSpan.FromMilliseconds(200),
        UnbindingTime = TimeSpan.FromMilliseconds(200),
    };
}
