using System.Diagnostics;
using System.Reflection;
using PodEip.Api;
using PodEip.Api.Resources;

namespace PodEip.MortalController;

/// <summary>
/// Any port, by reflection: each method that is no read is a side effect at which the process may die, so a new one can't be
/// forgotten.
/// </summary>
public class MortalPort : DispatchProxy
{
    private static readonly MethodInfo Typed = typeof(MortalPort).GetMethod(nameof(DieAfterTypedAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private Type _port = typeof(object);
    private object _real = new();
    private IReadOnlySet<string> _died = new HashSet<string>();

    internal void Init(Type port, object real, IReadOnlySet<string> died) => (_port, _real, _died) = (port, real, died);

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = targetMethod!;
        if (!SideEffects.IsOne(method))
        {
            return method.Invoke(_real, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        }
        var name = $"{SideEffects.NameOf(_port, method)}{Detail(args)}";
        DieAt($"before {name}");
        var result = (Task)method.Invoke(_real, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null)!;
        return method.ReturnType.IsGenericType
            ? Typed.MakeGenericMethod(method.ReturnType.GetGenericArguments()).Invoke(this, [result, name])
            : DieAfterAsync(result, name);
    }

    private async Task DieAfterAsync(Task done, string name)
    {
        await done;
        DieAt($"after {name}");
    }

    private async Task<T> DieAfterTypedAsync<T>(Task<T> done, string name)
    {
        var result = await done;
        DieAt($"after {name}");
        return result;
    }

    /// <summary>What tells writes of one kind apart: the state that a status says.</summary>
    private static string Detail(object?[]? args) =>
        args?.OfType<EipClaimStatus>().FirstOrDefault() is { } status ? $"({status.Condition(ConditionTypes.Ready)?.Reason ?? "nothing"})" : "";

    private void DieAt(string where)
    {
        if (_died.Contains(where))
        {
            return;
        }

        Console.Out.WriteLine($"died {where}");
        Console.Out.Flush();
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // The signal is on its way; nothing more is to happen until it arrives.
        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne();
    }
}
