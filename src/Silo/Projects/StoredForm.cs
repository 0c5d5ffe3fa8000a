using System.Text;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Storage;

namespace Scheduler.Silo.Projects;

/// <summary>The form in which names, entries, texts and instants enter the tables.</summary>
internal static class StoredForm
{
    /// <summary>What makes two names of projects the same. Names are ASCII, so this is the whole of case folding.</summary>
    public static string KeyOf(string name) => name.ToLowerInvariant();

    /// <summary>The present moment, as precise as it is stored: what is returned now is what will be read later.</summary>
    public static DateTimeOffset NowOf(TimeProvider clock) => StoredInstant.FromStored(clock.GetUtcNow().ToStored());

    /// <summary>Admin implies everything, so it stands alone.</summary>
    public static Grant Of(Grant grant) => grant with
    {
        Name = Of(grant.Name),
        Permissions = grant.Permissions.HasFlag(Permissions.Admin) ? Permissions.Admin : grant.Permissions,
    };

    /// <summary>The text, with U+FFFD for what PostgreSQL cannot store: NUL and halves of surrogate pairs.</summary>
    public static string Of(string text)
    {
        var stored = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) stored.Append(rune.Value == 0 ? Rune.ReplacementChar.ToString() : rune.ToString());
        return stored.ToString();
    }
}
