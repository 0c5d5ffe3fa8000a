using System.Globalization;
using System.Text;

namespace Scheduler.Plugins.Sql;

/// <summary>How the driver of a server writes a bound value.</summary>
internal enum PlaceholderForm
{
    /// <summary><c>@name</c>.</summary>
    AtName,
    /// <summary><c>$1</c>, <c>$2</c> …</summary>
    DollarNumber,
    /// <summary><c>?</c>, told apart by order alone.</summary>
    QuestionMark,
}

/// <param name="Text">In the form of the target.</param>
/// <param name="Names">
/// What to bind, in order: for <see cref="PlaceholderForm.QuestionMark"/> one per occurrence, else each name once.
/// </param>
internal sealed record BoundStatement(string Text, IReadOnlyList<string> Names);

/// <summary>Turns <c>:name</c> into placeholders of the target, so that a value is bound and never a piece of the statement.</summary>
/// <remarks>
/// Strings, quoted names and comments are left alone, and so are <c>::</c>, <c>:=</c>, and a colon that sticks to what is in front
/// of it, as in the slice <c>a[1:n]</c>.
/// </remarks>
internal static class ParameterBinder
{
    /// <param name="statement">As the splitter gave it.</param>
    /// <param name="dialect">It was split with.</param>
    /// <param name="form">Of the target.</param>
    /// <param name="known">The names that have values; case counts.</param>
    /// <param name="bound">Of no meaning when there are faults.</param>
    /// <returns>Every fault, in order of place.</returns>
    public static IReadOnlyList<SqlFault> Bind(
        SqlStatement statement, SqlDialect dialect, PlaceholderForm form, IReadOnlyCollection<string> known, out BoundStatement bound)
    {
        var binding = new Binding(statement, form, known);
        if (!dialect.HasRawCommands || statement.Kind is not (StatementKind.Set or StatementKind.AddResource)) binding.Read(dialect);

        bound = binding.Result();
        return binding.Faults();
    }

    private sealed class Binding(SqlStatement statement, PlaceholderForm form, IReadOnlyCollection<string> known)
    {
        private readonly string _source = statement.Text;
        private readonly StringBuilder _text = new(statement.Text.Length);
        private readonly List<string> _names = [];
        private readonly Dictionary<string, int> _numbers = [];
        private readonly List<(int Position, string Code, string Message)> _faults = [];
        private readonly List<SqlToken> _lookalikes = [];
        private int _copied;

        public void Read(SqlDialect dialect)
        {
            var scanner = new SqlScanner(_source, dialect);
            SqlToken before = default;
            for (var token = scanner.Read(); token.Kind != SqlTokenKind.End; (before, token) = (token, scanner.Read()))
            {
                if (token.Kind == SqlTokenKind.Word && IsPlaceholder(before, token)) Replace(before.Start, token);
                else if (IsLookalike(before, token)) _lookalikes.Add(token);
            }
        }

        public BoundStatement Result() => new(_text.Append(_source, _copied, _source.Length - _copied).ToString(), _names);

        public List<SqlFault> Faults()
        {
            foreach (var token in _lookalikes) AddClash(token);

            List<SqlFault> faults = [];
            var (at, place) = (0, statement.At);
            foreach (var (position, code, message) in _faults.OrderBy(fault => fault.Position))
            {
                place = place.After(_source.AsSpan(at, position - at));
                at = position;
                faults.Add(new(code, message, place));
            }

            return faults;
        }

        private bool IsPlaceholder(SqlToken colon, SqlToken name) =>
            colon.In(_source) is ":" && !char.IsAsciiDigit(_source[name.Start])
            && (colon.Start == 0 || !IsStuckTo(_source[colon.Start - 1]));

        private static bool IsStuckTo(char before) =>
            before is ':' or ']' or ')' or '_' or '$' or '\'' or '"' or '`' || char.IsLetterOrDigit(before);

        private void Replace(int colon, SqlToken token)
        {
            var name = token.In(_source).ToString();
            if (!known.Contains(name))
                _faults.Add((colon, "sql.unknown-parameter", $"There is no parameter '{name}'{NearestName.Hint(name, known)}"));

            var isNew = _numbers.TryAdd(name, _numbers.Count + 1);
            if (isNew || form == PlaceholderForm.QuestionMark) _names.Add(name);
            _text.Append(_source, _copied, colon - _copied).Append(form switch
            {
                PlaceholderForm.AtName => $"@{name}",
                PlaceholderForm.DollarNumber => string.Create(CultureInfo.InvariantCulture, $"${_numbers[name]}"),
                _ => "?",
            });
            _copied = token.End;
        }

        /// <summary>Something of the statement's own that the driver would take for a placeholder.</summary>
        private bool IsLookalike(SqlToken before, SqlToken token) => form switch
        {
            PlaceholderForm.AtName => token.Kind == SqlTokenKind.Word && before.In(_source) is "@",
            PlaceholderForm.DollarNumber => before.In(_source) is "$" && char.IsAsciiDigit(_source[token.Start]),
            _ => token.In(_source) is "?",
        };

        private void AddClash(SqlToken token)
        {
            var word = token.In(_source).ToString();
            var isClash = form == PlaceholderForm.AtName ? _numbers.ContainsKey(word) : _names.Count > 0;
            if (isClash)
                _faults.Add((token.Start, "sql.placeholder-clash", $"'{word}' would be taken for one of the placeholders"));
        }
    }
}
