using Scheduler.Contracts.Projects;

namespace Scheduler.Api.Azkaban;

/// <summary>Error texts that several commands share.</summary>
internal static class Texts
{
    public static string FlowNotFound(string flow, Project project) => $"Flow {flow} not found in project {project.Name}";

    /// <summary>Not a text of Azkaban, which has no limit.</summary>
    public static string FlowTooLarge(string flow) => $"Flow {flow} has too many nodes to be shown.";
}
