using Scheduler.Silo.Cli;

return await SchedulerCommand.RunAsync(args);
