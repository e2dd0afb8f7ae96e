using BenchmarkDotNet.Running;
using PodEip.MicroBench;

// Its own arguments are BenchmarkDotNet's: --filter, --job, --list …
var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroBenchConfig).Assembly).Run(args, new MicroBenchConfig());
return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
