using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes.Logging.Masking;

namespace Scheduler.Silo.Nodes.Credentials;

/// <summary>The secrets and data sources that one attempt may use, in memory alone.</summary>
internal sealed class AttemptCredentials(IReadOnlyDictionary<string, string> secrets, IReadOnlyDictionary<string, DataSource> sources)
{
    /// <summary>Of an attempt that names none, as most of them.</summary>
    public static AttemptCredentials None { get; } = new(new Dictionary<string, string>(), new Dictionary<string, DataSource>());

    /// <summary>Hides them; null when there is nothing to hide.</summary>
    public SecretMask? Mask { get; } = MaskOf([.. secrets.Values, .. sources.Values.Select(source => source.Password).OfType<string>()]);

    public DataSource? FindDataSource(string name) => sources.GetValueOrDefault(name);

    public string Reveal(string text) => SecretReferences.Replace(text, secrets);

    /// <summary>The text as others may see it.</summary>
    public string Hide(string text) => Mask is null ? text : Mask.Mask(text);

    public NodeProgress Hide(NodeProgress progress) => progress.Text is null ? progress : progress with { Text = Hide(progress.Text) };

    public IReadOnlyDictionary<string, string> Hide(IReadOnlyDictionary<string, string> texts)
    {
        if (Mask is null) return texts;

        var hidden = new Dictionary<string, string>(texts.Count);
        foreach (var (key, value) in texts) hidden[Hide(key)] = Hide(value);
        return hidden;
    }

    private static SecretMask? MaskOf(IReadOnlyCollection<string> values) => values.Count == 0 ? null : SecretMask.Of(values);
}
