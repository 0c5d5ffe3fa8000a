using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Flow2;

/// <summary>
/// What can be wrong with a Flow 2.0 package. Texts that Azkaban has are its own, letter for letter; the part behind the colon of a
/// loading error came from its YAML library and is ours.
/// </summary>
internal static class Flow2Findings
{
    public static Finding DuplicateProjectFile(string file) =>
        Finding.Error(
            "package.duplicate-project-file", "Duplicate project YAML files found in the project directory. Only one is allowed.", file);

    public static Finding VersionMissing(string file) =>
        Finding.Error("package.version-missing", "azkaban-flow-version is not specified in the project YAML file.", file);

    public static Finding VersionInvalid(string file, int line) =>
        Finding.Error("package.version-invalid", "Invalid azkaban-flow-version in the project YAML file.", file, line);

    public static Finding ProjectUnreadable(string file, int? line) =>
        Finding.Error("package.project-unreadable", "Error reading project YAML file.", file, line);

    public static Finding FlowUnreadable(string file, string why, int? line) =>
        Finding.Error("package.flow-unreadable", $"Error loading flow yaml file {NameOf(file)}:{why}", file, line);

    public static Finding NothingInFlow(string file) =>
        FlowUnreadable(file, $"Failed to load flow file {NameOf(file)}. Node bean is null .", null);

    public static Finding DuplicateWorkflow(string id, string file) =>
        Finding.Error("package.duplicate-workflow", $"Duplicate flows found in the project with name {id}", file);

    public static Finding InvalidNodes(string file, int line) =>
        Finding.Error(
            "package.invalid-nodes",
            $"Failed to validate nodeBean for {NameOf(file)}. Duplicate nodes found or dependency undefined or ROOT used as a name.", file,
            line);

    /// <summary>Says which of the three things that Azkaban's text lumps together it is.</summary>
    public static Finding InvalidNode(string why, string file, int line) => Finding.Warning("package.invalid-node", why, file, line);

    public static Finding Cycle(string dependency, string dependent, string file, int line) =>
        Finding.Error("package.cycle", $"Cycles found at {dependency}>>{dependent}", file, line);

    public static Finding RepeatedKey(string key, string file, int line) =>
        Finding.Warning("package.repeated-key", $"The key '{key}' is written twice; this last one counts.", file, line);

    public static Finding Ignored(string what, string why, string file, int line) =>
        Finding.Warning("package.ignored", $"'{what}' is ignored {why}.", file, line);

    public static Finding UnknownFailureAction(string action, string file, int? line) =>
        Finding.Warning(
            "package.failure-action",
            $"The failure.action '{action}' is none of finish_currently_running, finish_all_possible, cancel_all and is ignored.", file,
            line);

    private static string NameOf(string file) => file[(file.LastIndexOf('/') + 1)..];
}
