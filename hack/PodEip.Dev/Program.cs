using PodEip.Dev.Commands;

return await DevCommand.RunAsync(args);
