using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Text;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance.Tests;

#pragma warning disable CA2213, CA1001 // What these leave behind is their defect.

/// <summary>Plugins that are without fault but for one thing. The name says which.</summary>
internal static class Defects
{
    internal sealed class HasNoNodeType : CopyPlugin;

    [NodeType("Copy It", Settings = typeof(CopySettings))]
    internal sealed class HasABadId : CopyPlugin;

    internal sealed class ObjectSettings : CopySettings
    {
        [Setting("When", "何时")]
        public Func<int>? When { get; init; }
    }

    [NodeType("copy", Settings = typeof(ObjectSettings))]
    internal sealed class HasASettingThatNoTextStandsFor : CopyPlugin;

    internal sealed class EnglishSettings : CopySettings
    {
        public string? Colour { get; init; }
    }

    [NodeType("copy", Settings = typeof(EnglishSettings))]
    internal sealed class HasASettingWithoutTexts : CopyPlugin;

    internal sealed class HalfEnglishSettings : CopySettings
    {
        [Setting("Colour", "颜色", Description = "Of the copy.")]
        public string? Colour { get; init; }
    }

    [NodeType("copy", Settings = typeof(HalfEnglishSettings))]
    internal sealed class DescribesASettingInEnglishOnly : CopyPlugin;

    internal sealed class UnsoundSettings : CopySettings
    {
        [Setting("Copies", "份数"), Range(1, 10)]
        public int Copies { get; init; }
    }

    [NodeType("copy", Settings = typeof(UnsoundSettings))]
    internal sealed class HasADefaultThatIsNotAllowed : CopyPlugin;

    internal sealed class StricterSettings : CopySettings
    {
        [Setting("Mode", "模式")]
        public required string Mode { get; init; }
    }

    [NodeType("copy", Settings = typeof(StricterSettings))]
    internal sealed class RequiresASettingThatTheCasesDoNotGive : CopyPlugin;

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class LosesAnOutput : CopyPlugin
    {
        protected override Dictionary<string, string> Outputs(string text) => new() { ["length"] = base.Outputs(text)["length"] };
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class HandsOnAWrongValue : CopyPlugin
    {
        protected override Dictionary<string, string> Outputs(string text) => base.Outputs(text + text);
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class ThrowsInsteadOfFailing : CopyPlugin
    {
        protected override NodeResult Missing(string what) => throw new FileNotFoundException(what);
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class FailsWithABareWord : CopyPlugin
    {
        protected override NodeResult Missing(string what) => new NodeResult.Failed("missing", what);
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class IgnoresCancel : CopyPlugin
    {
        protected override Task WorkAsync(CopySettings settings, NodeContext context, CancellationToken cancellationToken) =>
            base.WorkAsync(settings, context, CancellationToken.None);
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class BlocksWhenItIsCancelled : CopyPlugin
    {
        protected override async Task WorkAsync(CopySettings settings, NodeContext context, CancellationToken cancellationToken)
        {
            await using var blocking = cancellationToken.Register(() => new ManualResetEventSlim().Wait(CancellationToken.None));
            await base.WorkAsync(settings, context, CancellationToken.None);
        }
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class BreaksWhenItIsCancelled : CopyPlugin
    {
        protected override async Task WorkAsync(CopySettings settings, NodeContext context, CancellationToken cancellationToken)
        {
            try
            {
                await base.WorkAsync(settings, context, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                throw new InvalidOperationException("The connection is closed.");
            }
        }
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class LeavesAChildProcess : CopyPlugin
    {
        protected override async Task WorkAsync(CopySettings settings, NodeContext context, CancellationToken cancellationToken)
        {
            var start = new ProcessStartInfo("sleep", ["20"]);
            foreach (var (name, value) in context.Marker) start.Environment[name] = value;
            Process.Start(start)!.Dispose();
            await base.WorkAsync(settings, context, cancellationToken);
        }
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class LeavesAFileOpen : CopyPlugin
    {
        public static List<FileStream> Open { get; } = [];

        protected override Task WriteAsync(string path, string text, NodeContext context)
        {
            lock (Open) Open.Add(File.OpenRead(Path.Combine(Path.GetDirectoryName(path)!, context.Properties["from"])));
            return base.WriteAsync(path, text, context);
        }
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class PrintsToTheConsole : CopyPlugin
    {
        protected override ValueTask TellAsync(NodeContext context, string message)
        {
            Console.WriteLine(message);
            return base.TellAsync(context, message);
        }
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class StumblesOverItsOwnRest : CopyPlugin
    {
        protected override Task WriteAsync(string path, string text, NodeContext context) =>
            File.Exists(path) ? throw new IOException($"{path} exists") : base.WriteAsync(path, text, context);
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class WorksTwice : CopyPlugin
    {
        protected override Task WriteAsync(string path, string text, NodeContext context) => File.AppendAllTextAsync(path, $"{context.IdempotencyKey}\n");
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class KeepsTheSettingsOfAnotherAttempt : CopyPlugin
    {
        private NodeContext? _context;

        protected override ValueTask TellAsync(NodeContext context, string message)
        {
            _context = context;
            return base.TellAsync(context, message);
        }

        protected override async Task WorkAsync(CopySettings settings, NodeContext context, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), context.Clock, cancellationToken);
            await base.WorkAsync(settings, context, cancellationToken);
        }

        protected override Dictionary<string, string> Outputs(string text) => base.Outputs(_context!.Properties["from"] == "orders.csv" ? text : "");
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class CountsItsAttempts : CopyPlugin
    {
        private readonly StringBuilder _all = new();

        protected override Dictionary<string, string> Outputs(string text)
        {
            lock (_all) return base.Outputs(_all.Append(text).ToString());
        }
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class LogsASecret : CopyPlugin
    {
        protected override ValueTask TellAsync(NodeContext context, string message) =>
            base.TellAsync(context, $"{message} with {context.Reveal(context.Properties.GetValueOrDefault("token", ""))}");
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class ShowsASecretInAUrl : CopyPlugin
    {
        protected override Task WorkAsync(CopySettings settings, NodeContext context, CancellationToken cancellationToken)
        {
            context.Report(new NodeProgress(Text: $"GET /?key={Uri.EscapeDataString(context.Reveal(settings.Token))}"));
            return base.WorkAsync(settings, context, cancellationToken);
        }
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class SavesASecret : CopyPlugin
    {
        protected override async Task WorkAsync(CopySettings settings, NodeContext context, CancellationToken cancellationToken)
        {
            await context.SaveHandleAsync(
                $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(context.Reveal(settings.Token)))}", cancellationToken);
            await base.WorkAsync(settings, context, cancellationToken);
        }
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class WaitsTooShort : CopyPlugin
    {
        protected override NodeResult Missing(string what) =>
            what == "later" ? new NodeResult.Waiting(what, TimeSpan.FromMilliseconds(10)) : base.Missing(what);
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class WaitsForNothingInParticular : CopyPlugin
    {
        protected override NodeResult Missing(string what) =>
            what == "later" ? new NodeResult.Waiting(" ", TimeSpan.FromMinutes(1)) : base.Missing(what);
    }

    [NodeType("copy", Settings = typeof(CopySettings))]
    internal sealed class Waits : CopyPlugin
    {
        protected override NodeResult Missing(string what) =>
            what == "later" ? new NodeResult.Waiting("the file", TimeSpan.FromMinutes(1)) : base.Missing(what);
    }
}
