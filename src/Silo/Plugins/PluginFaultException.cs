namespace Scheduler.Silo.Plugins;

/// <summary>A plugin cannot be used. The message says why, for whoever has installed it.</summary>
internal sealed class PluginFaultException(string message) : Exception(message);
