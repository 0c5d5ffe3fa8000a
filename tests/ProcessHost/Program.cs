using Scheduler.ProcessHost;

return args switch
{
    ["trees", var count, .. var switches] => await Trees.RunAsync(int.Parse(count), isFenced: switches.Contains("--fenced")),
    ["codes", .. var switches] => await Codes.RunAsync(useDescriptors: !switches.Contains("--no-descriptors")),
    ["serve", "--data", var data, "--urls", var urls] => await Server.RunAsync(data, urls),
    _ => throw new ArgumentException("trees <count> [--fenced] | codes [--no-descriptors] | serve --data <folder> --urls <url>"),
};
