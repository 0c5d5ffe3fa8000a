using System.CommandLine;
using Scheduler.Silo.Cli.Rendering;
using Scheduler.Silo.Cli.Run;
using Scheduler.Silo.Packages;

namespace Scheduler.Silo.Cli.Validate;

/// <summary><c>scheduler validate</c>: everything that is wrong with a package, without running or storing anything.</summary>
internal static class ValidateCommand
{
    private static readonly Argument<string> Package = new("package") { Description = "A zip archive or a folder" };

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON document instead of lines" };

    public static Command Create()
    {
        var command = new Verb("validate", "Lists everything that is wrong with a package") { Package, Json };
        command.Examples.Add(new("scheduler validate sales.zip", "errors and warnings with file and line"));
        command.Examples.Add(new("scheduler validate examples/diamond --json", "the same for a program"));
        command.SetAction((parsed, cancellationToken) =>
            ValidateAsync(PackagePath.Find(parsed.GetRequiredValue(Package)), parsed.GetValue(Json), cancellationToken));
        return command;
    }

    private static async Task<int> ValidateAsync(PackagePath path, bool isJson, CancellationToken cancellationToken)
    {
        if (path is PackagePath.Missing missing)
        {
            await Console.Error.WriteLineAsync(missing.ToString());
            return ExitCodes.Invalid;
        }

        using var result = await PackageReading.ReadAsync(path, cancellationToken);
        var report = new PackageReport((result as PackageReadResult.Accepted)?.Definition, PackageReading.FindingsOf(result));
        if (isJson) Console.WriteLine(report.ToJson());
        else Terminal.Open(isPlain: false).Write(report.ToLines());
        return report.IsValid ? ExitCodes.Succeeded : ExitCodes.Invalid;
    }
}
