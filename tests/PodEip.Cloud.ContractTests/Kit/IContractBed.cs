using PodEip.CloudSim.Gate;
using PodEip.CloudSim.Model;

namespace PodEip.Cloud.ContractTests.Kit;

/// <summary>A cloud of its own for one test, and the way to it that is under test.</summary>
public interface IContractBed : IAsyncDisposable
{
    /// <summary>What is held to the contract. May do everything.</summary>
    IElasticIpCloud Cloud { get; }

    /// <summary>The gate: faults, rates, the log of calls.</summary>
    CloudGate Gate { get; }

    /// <summary>The model, for what happens behind the caller's back.</summary>
    CloudModel Model => Gate.Model;

    /// <summary>The same cloud for a caller who may do only what is listed, e.g. <c>cvm:Describe*</c>.</summary>
    IElasticIpCloud As(params string[] allowed);

    /// <summary>Puts the cloud's clock forward.</summary>
    void Advance(TimeSpan by);
}
