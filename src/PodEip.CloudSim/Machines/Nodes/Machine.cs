using PodEip.CloudSim.Model;

namespace PodEip.CloudSim.Machines.Nodes;

/// <summary>A CVM as a Node.</summary>
internal sealed class Machine(string name, Cvm cvm, string ip)
{
    private volatile bool _lost;
    private volatile Cvm _cvm = cvm;

    /// <summary>The Node's name.</summary>
    public string Name { get; } = name;

    /// <summary>The primary private IP.</summary>
    public string Ip { get; } = ip;

    /// <summary>The CVM as last looked at.</summary>
    public Cvm Cvm
    {
        get => _cvm;
        set => _cvm = value;
    }

    /// <summary>Cut off by request: its kubelet neither reports nor acts, its Pods run on unseen.</summary>
    public bool IsLost
    {
        get => _lost;
        set => _lost = value;
    }

    /// <summary>The kubelet works.</summary>
    public bool IsUp => !_lost && _cvm.State == "RUNNING";

    /// <summary>What the Node object says of it; null before it was registered.</summary>
    public bool? ShownUp { get; set; }

    public long? LeaseRenewed { get; set; }

    public bool LeaseExists { get; set; }

    public long? StatusWritten { get; set; }

    /// <summary>Its kubelet is to start anew.</summary>
    public bool IsRestarting { get; set; }

    /// <summary>Its Node is to be registered anew.</summary>
    public bool IsRegisteringAnew { get; set; }

    /// <summary>What a device plugin on it says it has of <c>eip</c>; null for no such plugin.</summary>
    public int? PluginEips { get; set; }

    /// <summary>A device plugin was there, and its number stands.</summary>
    public bool HadPlugin { get; set; }
}
