namespace Scheduler.Plugins.Export.JsonLines;

/// <param name="WideNumbersAsText">
/// Writes decimals, and integers beyond 2^53, as strings, for readers that take every number as a double. By default they are numbers
/// with all their digits.
/// </param>
internal sealed record JsonLinesOptions(bool WideNumbersAsText = false);
