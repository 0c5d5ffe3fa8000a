namespace Scheduler.Silo.Plugins;

/// <summary>A plugin in a process of its own threw, or broke the protocol. The message is what it said.</summary>
internal sealed class PluginBrokenException(string message) : Exception(message);
