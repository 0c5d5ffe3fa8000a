using System.Text;

namespace Scheduler.Plugins.Sql;

/// <summary>
/// The variables of one Hive session: <c>${hivevar:x}</c> or <c>${x}</c>, <c>${hiveconf:x}</c>. As in Hive, a value becomes a piece
/// of the text, in strings and comments, too. <c>${system:x}</c> and <c>${env:x}</c> are refused.
/// </summary>
internal sealed class HiveVariables
{
    private const string VariablePrefix = "hivevar:";
    private const string SettingPrefix = "hiveconf:";
    private const string SystemPrefix = "system:";
    private const string EnvironmentPrefix = "env:";

    private readonly Dictionary<string, string> _variables;
    private readonly Dictionary<string, string> _settings;
    private readonly HiveVariableOptions _options;

    public HiveVariables(
        IReadOnlyDictionary<string, string> variables, IReadOnlyDictionary<string, string> settings, HiveVariableOptions options)
    {
        _variables = new(variables);
        _settings = new(settings);
        _options = options;
    }

    /// <summary>Substitutes in each statement; what a <c>SET</c> sets is seen by those behind it.</summary>
    /// <param name="statements">As split.</param>
    /// <param name="substituted">Those in front of the fault when there is one.</param>
    public SqlFault? Apply(IEnumerable<SqlStatement> statements, out IReadOnlyList<SqlStatement> substituted)
    {
        List<SqlStatement> done = [];
        substituted = done;
        foreach (var statement in statements)
        {
            if (Substitute(statement.Text, statement.At, out var text) is { } fault) return fault;

            var kind = text == statement.Text ? statement.Kind : StatementKinds.Of(text, SqlDialect.Hive);
            if (kind == StatementKind.Set) Set(text);
            done.Add(statement with { Text = text, Kind = kind });
        }

        return null;
    }

    /// <param name="text">Any.</param>
    /// <param name="at">Of its first character.</param>
    /// <param name="result">Of no meaning when there is a fault.</param>
    public SqlFault? Substitute(string text, ScriptPlace at, out string result)
    {
        result = text;
        for (var round = 0; ; round++)
        {
            if (SubstituteOnce(result, round == 0, at, out var next, out var first) is { } fault) return fault;
            if (first is null) return null;
            if (round == _options.Depth)
                return Endless(first, at) ?? new("hive.variable-depth", $"Variables are nested more than {_options.Depth} deep", at);

            result = next;
        }
    }

    /// <summary>One round. <c>first</c> is the first name that was replaced, null when none was.</summary>
    private SqlFault? SubstituteOnce(string text, bool isScript, ScriptPlace at, out string result, out string? first)
    {
        first = null;
        result = text;
        var built = new StringBuilder();
        var copied = 0;
        for (var next = HiveReference.Next(text, 0); next is { } reference; next = HiveReference.Next(text, reference.End))
        {
            var value = Find(reference.Name, out var refusal);
            if (value is null)
            {
                refusal ??= Undefined(reference.Name);
                if (refusal is null) continue;
                return refusal with { At = isScript ? at.After(text.AsSpan(0, reference.Start)) : at };
            }

            first ??= reference.Name;
            built.Append(text, copied, reference.Start - copied);
            copied = reference.End;
            if (built.Length + (long)value.Length + text.Length - copied > _options.Length) return TooLong(reference.Name, at);
            built.Append(value);
        }

        if (first is not null) result = built.Append(text, copied, text.Length - copied).ToString();
        return null;
    }

    private string? Find(string name, out SqlFault? refusal)
    {
        var isOfMachine = After(name, SystemPrefix) is not null || After(name, EnvironmentPrefix) is not null;
        refusal = isOfMachine
            ? new("hive.variable-refused", $"${{{name}}} would read the worker's machine and is not allowed", default)
            : null;
        if (isOfMachine) return null;

        return After(name, SettingPrefix) is { } setting
            ? _settings.GetValueOrDefault(setting)
            : _variables.GetValueOrDefault(After(name, VariablePrefix) ?? name);
    }

    private SqlFault? Undefined(string name)
    {
        if (!_options.ReportsUndefined) return null;

        var names = _variables.Keys
            .SelectMany(key => new[] { key, VariablePrefix + key })
            .Concat(_settings.Keys.Select(key => SettingPrefix + key));
        return new("hive.variable-undefined", $"The variable ${{{name}}} has no value{NearestName.Hint(name, names)}", default);
    }

    private SqlFault TooLong(string name, ScriptPlace at) =>
        Endless(name, at)
        ?? new("hive.variable-too-long", $"With ${{{name}}} the statement gets longer than {_options.Length} characters", at);

    private SqlFault? Endless(string name, ScriptPlace at) =>
        new HiveVariableCycle(reference => Find(reference, out _)).From(name) is { } chain
            ? new("hive.variable-cycle", $"Variables refer to each other without an end: {string.Join(" → ", chain)}", at)
            : null;

    /// <summary>A name without a prefix is a setting, as in Hive.</summary>
    private void Set(string text)
    {
        var assignment = text.AsSpan("SET".Length);
        var equals = assignment.IndexOf('=');
        if (equals < 0) return;

        var name = assignment[..equals].Trim().ToString();
        var value = assignment[(equals + 1)..].Trim().ToString();
        if (After(name, VariablePrefix) is { } variable) _variables[variable] = value;
        else _settings[After(name, SettingPrefix) ?? name] = value;
    }

    private static string? After(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;
}
