using System.Globalization;
using PodEip.CloudSim.Gate;
using PodEip.Dev.ControlPlane;
using PodEip.Scenes;

namespace PodEip.FaultTests.Soak;

/// <summary>What goes wrong, at random: the cloud in every way it can, the controller killed or frozen, the API server away.</summary>
internal sealed class Troubles(Scene scene, Tally tally, Random dice)
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();

    private static readonly string[] Actions =
    [
        "*", "AllocateAddresses", "AssociateAddress", "DisassociateAddress", "ReleaseAddresses", "DescribeAddresses", "DescribeNetworkInterfaces",
        "ModifyAddressAttribute", "ModifyAddressesBandwidth", "TagResources", "DescribeAddressQuota",
    ];

    /// <summary>Makes trouble until cancelled, then ends all of it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var nextKill = Soon(6, 20);
        while (!cancellation.IsCancellationRequested)
        {
            if (TimeProvider.System.GetUtcNow() >= nextKill)
            {
                await DisturbAsync();
                nextKill = Soon(6, 20);
            }

            Spoil();
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(500, 2500)), TimeProvider.System, CancellationToken.None);
        }

        scene.Cloud.Gate.Faults.Clear();
        if (scene.Controller.Process.HasEnded)
        {
            scene.Controller.Start();
        }
    }

    private static DateTimeOffset Soon(int least, int most) => TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(Random.Shared.Next(least, most));

    private void Spoil()
    {
        var kind = Kinds[dice.Next(Kinds.Length)];
        var fault = new Fault
        {
            Kind = kind,
            Action = kind is FaultKind.FailTagging ? "TagResources" : Actions[dice.Next(Actions.Length)],
            Probability = 0.2 + dice.NextDouble() * 0.8,
            ForSeconds = dice.Next(1, 6),
            Seconds = kind is FaultKind.Delay or FaultKind.DelayAnswer ? dice.NextDouble() * 12 : kind is FaultKind.StaleReads ? dice.Next(1, 10) : 0,
        };
        scene.Cloud.Gate.Faults.Inject(fault);
        tally.Add(string.Create(CultureInfo.InvariantCulture, $"cloud: {kind}"));
    }

    private async Task DisturbAsync()
    {
        switch (dice.Next(4))
        {
            case 0:
                tally.Add("controller frozen for seconds");
                scene.Controller.Process.Pause();
                await Task.Delay(TimeSpan.FromSeconds(dice.Next(1, 5)), TimeProvider.System, CancellationToken.None);
                scene.Controller.Process.Resume();
                break;
            case 1:
                tally.Add("API server frozen for seconds");
                scene.Plane.Pause(ControlPlanePart.ApiServer);
                await Task.Delay(TimeSpan.FromSeconds(dice.Next(1, 5)), TimeProvider.System, CancellationToken.None);
                scene.Plane.Resume(ControlPlanePart.ApiServer);
                break;
            default:
                tally.Add("controller killed");
                await scene.Controller.KillAsync(CancellationToken.None);
                break;
        }

        if (scene.Controller.Process.HasEnded)
        {
            scene.Controller.Start();
        }
    }
}
