using System.Text.Json.Serialization;
using PodEip.CloudSim.Fabric;
using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Machines;
using PodEip.CloudSim.Model;
using PodEip.CloudSim.Model.Calls;
using PodEip.CloudSim.Model.Routing;
using PodEip.CloudSim.State;

namespace PodEip.CloudSim.Control;

/// <summary>Serialisation of the control interface and of seeds: camelCase, unknown fields refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(CloudSeed))]
[JsonSerializable(typeof(CloudSettings))]
[JsonSerializable(typeof(GateSettings))]
[JsonSerializable(typeof(NewEni))]
[JsonSerializable(typeof(NewIps))]
[JsonSerializable(typeof(ReturnedIps))]
[JsonSerializable(typeof(CvmChange))]
[JsonSerializable(typeof(AddressChange))]
[JsonSerializable(typeof(BindTarget))]
[JsonSerializable(typeof(AttachTarget))]
[JsonSerializable(typeof(ClockAdvance))]
[JsonSerializable(typeof(ClockView))]
[JsonSerializable(typeof(Patterns))]
[JsonSerializable(typeof(MetadataChoice))]
[JsonSerializable(typeof(AccountTag))]
[JsonSerializable(typeof(DailyUse))]
[JsonSerializable(typeof(AccessView))]
[JsonSerializable(typeof(ControlError))]
[JsonSerializable(typeof(IReadOnlyList<ElasticAddress>))]
[JsonSerializable(typeof(IReadOnlyList<Eni>))]
[JsonSerializable(typeof(IReadOnlyList<Cvm>))]
[JsonSerializable(typeof(IReadOnlyList<Vpc>))]
[JsonSerializable(typeof(IReadOnlyList<Subnet>))]
[JsonSerializable(typeof(IReadOnlyList<Fault>))]
[JsonSerializable(typeof(IReadOnlyList<CallRecord>))]
[JsonSerializable(typeof(IReadOnlyList<ActionCounters>))]
[JsonSerializable(typeof(IReadOnlyList<AccountTag>))]
[JsonSerializable(typeof(IReadOnlyList<MachineView>))]
[JsonSerializable(typeof(DevicePlugin))]
[JsonSerializable(typeof(MachineDelays))]
[JsonSerializable(typeof(SubnetChange))]
[JsonSerializable(typeof(RouteChange))]
[JsonSerializable(typeof(NatGatewayChange))]
[JsonSerializable(typeof(IReadOnlyList<RouteTableView>))]
[JsonSerializable(typeof(IReadOnlyList<NatGatewayView>))]
[JsonSerializable(typeof(FabricView))]
[JsonSerializable(typeof(IReadOnlyList<Visit>))]
internal sealed partial class ControlJson : JsonSerializerContext;
