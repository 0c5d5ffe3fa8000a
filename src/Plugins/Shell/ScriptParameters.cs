using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Shell;

/// <summary>
/// Properties as variables: <c>biz.date</c> becomes <c>PARAM_biz_date</c>. The front keeps them from replacing <c>PATH</c> or
/// <c>LD_PRELOAD</c>; whoever wants a name of their own writes <c>param.biz.date</c>, which becomes <c>BIZ_DATE</c>, or <c>env.NAME</c>.
/// </summary>
internal static class ScriptParameters
{
    public const string Prefix = "PARAM_";

    /// <summary>Characters of one value, well below the 128 KiB that Linux takes.</summary>
    private const int LongestValue = 16 * 1024;

    /// <summary>Characters of all values, well below the 2 MiB that Linux takes for arguments and environment together.</summary>
    private const int LongestSum = 256 * 1024;

    /// <summary>Names that mean something to the loader, to interpreters or to the scheduler: a value must never become code.</summary>
    private static readonly string[] s_reservedFronts =
        ["BASH", "DOTNET_", "GCONV_", "GIT_", "GLIBC_", "JAVA_", "JOB_", "LD_", "NODE_", "PARAM_", "PERL", "PYTHON", "RUBY", "SCHEDULER_", "_"];

    private static readonly string[] s_reserved =
        ["CDPATH", "ENV", "HOME", "IFS", "KRB5CCNAME", "LOGNAME", "PATH", "PROMPT_COMMAND", "PS1", "PS2", "PS4", "SHELL", "SHELLOPTS", "TMPDIR", "USER"];

    /// <summary>Adds what the author has declared as <c>param.NAME</c>.</summary>
    public static NodeResult.Failed? AddDeclared(Dictionary<string, string> environment, IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (key, value) in parameters)
        {
            var name = WithUnderscores(key).ToUpperInvariant();
            if (char.IsAsciiDigit(name[0]) || s_reserved.Contains(name) || s_reservedFronts.Any(front => name.StartsWith(front, StringComparison.Ordinal)))
                return new("shell.parameter-name", $"param.{key}: the variable {name} is not for values; choose another name", CanRetry: false);
            if (!environment.TryAdd(name, value))
                return new("shell.parameter-name", $"param.{key}: another setting gives the variable {name} too", CanRetry: false);
        }

        return null;
    }

    /// <returns>Keys that found no room, in order. All of them are in the file that <c>JOB_PROP_FILE</c> names.</returns>
    public static IReadOnlyList<string> AddTo(Dictionary<string, string> environment, IReadOnlyDictionary<string, string> properties)
    {
        List<string> omitted = [];
        var sum = 0;
        foreach (var (key, value) in properties.Where(property => property.Key != "script").OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            var length = key.Length + value.Length;
            if (length > LongestValue || sum + length > LongestSum || value.Contains('\0'))
            {
                omitted.Add(key);
                continue;
            }

            sum += length;
            environment.TryAdd(NameOf(key), value);
        }

        return omitted;
    }

    public static string Explain(IReadOnlyList<string> omitted) =>
        $"Too long for a variable, read them from JOB_PROP_FILE: {string.Join(", ", omitted.Take(10))}{(omitted.Count > 10 ? " …" : "")}";

    /// <summary>Letters, digits and underscores stay; every other character becomes an underscore.</summary>
    private static string NameOf(string key) => Prefix + WithUnderscores(key);

    private static string WithUnderscores(string key) => string.Create(key.Length, key, static (name, source) =>
    {
        for (var i = 0; i < name.Length; i++) name[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
    });
}
