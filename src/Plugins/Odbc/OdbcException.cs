using System.Data.Common;

namespace Scheduler.Plugins.Odbc;

/// <summary>One diagnostic record of a driver.</summary>
/// <param name="SqlState">Five characters, as the standard or the driver defines them.</param>
/// <param name="NativeCode">The number of the database behind the driver.</param>
/// <param name="Text">With its sender in brackets; the secrets of the connection string are masked.</param>
internal sealed record OdbcError(string SqlState, int NativeCode, string Text);

/// <summary>A driver or its database said no. The message holds every record.</summary>
internal sealed class OdbcException : DbException
{
    /// <summary>The state of a statement or a connection that was not done in time.</summary>
    public const string TimedOut = "HYT00";

    public OdbcException(string message) : base(message)
    {
    }

    public OdbcException(string intent, IReadOnlyList<OdbcError> errors, Exception? cause = null)
        : base(errors.Count == 0 ? $"{intent}; the driver does not say why." : $"{intent}: {string.Join("; ", errors.Select(Describe))}", cause) =>
        Errors = errors;

    /// <summary>In the order of the driver, which puts the most important first; empty where no driver was asked.</summary>
    public IReadOnlyList<OdbcError> Errors { get; } = [];

    public override string? SqlState => Errors.Count == 0 ? null : Errors[0].SqlState;

    public override int ErrorCode => Errors.Count == 0 ? base.ErrorCode : Errors[0].NativeCode;

    /// <summary>The same again may succeed: a connection that broke, a conflict between transactions, a time-out.</summary>
    public override bool IsTransient => SqlState is { } state && (state.StartsWith("08") || state.StartsWith("40") || state.StartsWith("HYT"));

    private static string Describe(OdbcError error) => $"[{error.SqlState}] {error.Text} ({error.NativeCode})";
}
