using System.Globalization;
using Scheduler.Silo.Definitions;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Instances;

/// <summary>
/// The properties of a node that the engine itself obeys. Only literal values count: they are read before any <c>${…}</c> is replaced.
/// </summary>
/// <param name="Retries">Further attempts after a failure, 0 to <see cref="MaxRetries"/>.</param>
/// <param name="RetryDelay">Pause before each of them, 0 to <see cref="MaxRetryDelay"/>.</param>
/// <param name="ToleratesFailure">True: it ends as tolerated instead of failed, and is not tried again.</param>
/// <param name="Remark">What was wrong with the author's values and what is taken instead; null when nothing was.</param>
internal sealed record NodeSettings(int Retries, TimeSpan RetryDelay, bool ToleratesFailure, string? Remark)
{
    /// <summary>More are taken as this many, so that a slip of the finger cannot grow a journal without end.</summary>
    public const int MaxRetries = 10_000;

    public static readonly TimeSpan MaxRetryDelay = TimeSpan.FromDays(30);

    /// <summary>How long an attempt may run, at most <see cref="TimeoutText.Max"/>; zero means for ever.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Further attempts after one that ran too long, 0 to <see cref="MaxRetries"/>.</summary>
    public int TimeoutRetries { get; init; }

    /// <summary>The worker group and the pools it asks for.</summary>
    public NodeDemand Demand { get; init; } = NodeDemand.None;

    /// <summary>No retries, no delay, a failure is a failure.</summary>
    public static NodeSettings Default { get; } = new(0, TimeSpan.Zero, false, null);

    public static NodeSettings Parse(SettingTexts texts)
    {
        if (texts == SettingTexts.None) return Default;

        var (retries, retriesRemark) = ParseNumber(SettingTexts.RetriesKey, texts.Retries, MaxRetries);
        var (delay, delayRemark) = ParseNumber(SettingTexts.RetryDelayKey, texts.RetryDelay, (long)MaxRetryDelay.TotalMilliseconds);
        var tolerates = bool.TryParse(texts.ToleratesFailure, out var value) && value;
        var (timeout, timeoutRemark) = TimeoutText.Read(SettingTexts.TimeoutKey, texts.Timeout);
        var (timeoutRetries, timeoutRetriesRemark) = ParseNumber(SettingTexts.TimeoutRetriesKey, texts.TimeoutRetries, MaxRetries);
        string?[] remarks = [retriesRemark, delayRemark, timeoutRemark, timeoutRetriesRemark];
        var remark = string.Join("; ", remarks.OfType<string>());

        return new NodeSettings((int)retries, TimeSpan.FromMilliseconds(delay), tolerates, remark.Length == 0 ? null : remark)
        {
            Timeout = timeout,
            TimeoutRetries = (int)timeoutRetries,
            Demand = NodeDemand.Parse(texts.Group, texts.Pools),
        };
    }

    private static (long Value, string? Remark) ParseNumber(string key, string? text, long max)
    {
        if (string.IsNullOrWhiteSpace(text)) return (0, null);

        return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) switch
        {
            false => (0, $"{key}={text} is not a number; 0 is used"),
            _ when value < 0 => (0, $"{key}={text} is negative; 0 is used"),
            _ when value > max => (max, $"{key}={text} is too large; {max} is used"),
            _ => (value, null),
        };
    }
}

/// <summary>The settings as the author wrote them, after inheritance. Null members are not set anywhere.</summary>
internal sealed record SettingTexts(string? Retries, string? RetryDelay, string? ToleratesFailure)
{
    public const string RetriesKey = "retries";
    public const string RetryDelayKey = "retry.backoff";
    public const string ToleratesFailureKey = "job.succeed.on.failure";
    public const string TimeoutKey = "job.timeout";
    public const string TimeoutRetriesKey = "job.timeout.retries";

    public string? Timeout { get; init; }

    public string? TimeoutRetries { get; init; }

    public string? Group { get; init; }

    public string? Pools { get; init; }

    public static SettingTexts None { get; } = new(null, null, null);

    /// <summary>What one property layer says.</summary>
    public static SettingTexts Of(IReadOnlyDictionary<string, string> layer) => layer.Count == 0
        ? None
        : new(
            layer.GetValueOrDefault(RetriesKey), layer.GetValueOrDefault(RetryDelayKey), layer.GetValueOrDefault(ToleratesFailureKey))
        {
            Timeout = layer.GetValueOrDefault(TimeoutKey),
            TimeoutRetries = layer.GetValueOrDefault(TimeoutRetriesKey),
            Group = layer.GetValueOrDefault(NodeDemand.GroupKey),
            Pools = layer.GetValueOrDefault(NodeDemand.PoolKey),
        };

    /// <summary>What this says, and where it says nothing what the other says.</summary>
    public SettingTexts Over(SettingTexts lower) =>
        new(Retries ?? lower.Retries, RetryDelay ?? lower.RetryDelay, ToleratesFailure ?? lower.ToleratesFailure)
        {
            Timeout = Timeout ?? lower.Timeout,
            TimeoutRetries = TimeoutRetries ?? lower.TimeoutRetries,
            Group = Group ?? lower.Group,
            Pools = Pools ?? lower.Pools,
        };
}
