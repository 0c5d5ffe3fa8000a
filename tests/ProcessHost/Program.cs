using Scheduler.ProcessHost;

return args switch
{
    ["trees", var count] => await Trees.RunAsync(int.Parse(count)),
    ["codes", .. var switches] => await Codes.RunAsync(useDescriptors: !switches.Contains("--no-descriptors")),
    _ => throw new ArgumentException("trees <count> | codes [--no-descriptors]"),
};
