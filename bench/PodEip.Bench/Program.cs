using PodEip.Bench;

return await BenchCommand.RunAsync(args);
