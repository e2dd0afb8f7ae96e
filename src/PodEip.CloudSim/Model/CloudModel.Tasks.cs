using System.Collections.Immutable;
using PodEip.CloudSim.Model.Calls;

namespace PodEip.CloudSim.Model;

public sealed partial class CloudModel
{
    private const int TasksKept = 20_000;
    private readonly Dictionary<string, CloudTask> _tasks = new(StringComparer.Ordinal);
    private readonly Queue<string> _taskOrder = new();
    private long _lastTask = 40_000_000;

    /// <summary>DescribeTaskResult: how an address task stands.</summary>
    public DescribeTaskResultAnswer DescribeTaskResult(DescribeTaskResultCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            Settle();
            if (call.TaskId is not { } number)
            {
                throw call.DealName is null
                    ? new CloudFault("MissingParameter", "TaskId or DealName must be given.")
                    : new CloudFault("InvalidParameter", $"There is no order `{call.DealName}`.");
            }

            return _tasks.TryGetValue(Text(number), out var task)
                ? new DescribeTaskResultAnswer(number, task.Result)
                : throw new CloudFault("InvalidParameter", $"There is no task `{number}`.");
        }
    }

    /// <summary>DescribeVpcTaskResult: how an ENI task stands.</summary>
    public DescribeVpcTaskResultAnswer DescribeVpcTaskResult(DescribeVpcTaskResultCall call, CallContext? context = null)
    {
        lock (_lock)
        {
            Settle();
            if (!Guid.TryParse(call.TaskId, out _))
            {
                throw new CloudFault("InvalidParameterValue", $"`{call.TaskId}` is no request id.");
            }

            return _tasks.TryGetValue(call.TaskId, out var task)
                ? new DescribeVpcTaskResultAnswer(task.Result, "")
                : throw new CloudFault("ResourceNotFound", $"There is no task `{call.TaskId}`.");
        }
    }

    private long StartTask(string action, DateTimeOffset now, ImmutableArray<string> ids)
    {
        Remember(new CloudTask(Text(++_lastTask), action, CloudTaskResult.Running, ids, now));
        return _lastTask;
    }

    private string StartEniTask(string action, CallContext context, DateTimeOffset now, string eniId)
    {
        var id = context.RequestId.Length > 0 ? context.RequestId : _ids.MakeUuid();
        Remember(new CloudTask(id, action, CloudTaskResult.Running, [eniId], now));
        return id;
    }

    private void Remember(CloudTask task)
    {
        _tasks[task.Id] = task;
        _taskOrder.Enqueue(task.Id);
        while (_taskOrder.Count > TasksKept && _tasks[_taskOrder.Peek()].Result != CloudTaskResult.Running)
        {
            _tasks.Remove(_taskOrder.Dequeue());
        }
    }

    private void EndTask(string? id, bool good)
    {
        if (id is not null && _tasks.TryGetValue(id, out var task) && task.Result == CloudTaskResult.Running)
        {
            _tasks[id] = task with { Result = good ? CloudTaskResult.Success : CloudTaskResult.Failed };
        }
    }

    private void EndTask(long id, bool good) => EndTask(id == 0 ? null : Text(id), good);
}
