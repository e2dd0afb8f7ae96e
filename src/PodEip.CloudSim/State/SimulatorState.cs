using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.State;

/// <summary>All that survives a restart.</summary>
/// <param name="Cloud">The model.</param>
/// <param name="ClockOffset">How far the clock was put forward.</param>
/// <param name="Gate">Rates.</param>
/// <param name="Faults">Faults in force.</param>
public sealed record SimulatorState(CloudSnapshot Cloud, TimeSpan ClockOffset, GateSettings Gate, IReadOnlyList<Fault> Faults);
