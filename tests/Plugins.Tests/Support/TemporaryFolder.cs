using Scheduler.Conformance;

namespace Scheduler.Plugins.Tests.Support;

/// <summary>An empty folder that goes with the test. Its path has no links in it.</summary>
internal sealed class TemporaryFolder : PackageFolder;
