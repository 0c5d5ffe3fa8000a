using System.Collections;
using System.Data.Common;

namespace Scheduler.Plugins.Odbc;

/// <summary>The parameters of a command, in the order of the question marks.</summary>
internal sealed class OdbcParameterCollection : DbParameterCollection
{
    private readonly List<DbParameter> parameters = [];

    public override int Count => parameters.Count;

    public override object SyncRoot => parameters;

    public override int Add(object value)
    {
        parameters.Add((DbParameter)value);
        return parameters.Count - 1;
    }

    public override void AddRange(Array values) => parameters.AddRange(values.Cast<DbParameter>());

    public override void Clear() => parameters.Clear();

    public override bool Contains(object value) => parameters.Contains(value);

    public override bool Contains(string value) => IndexOf(value) >= 0;

    public override void CopyTo(Array array, int index) => ((ICollection)parameters).CopyTo(array, index);

    public override IEnumerator GetEnumerator() => parameters.GetEnumerator();

    public override int IndexOf(object value) => parameters.IndexOf((DbParameter)value);

    public override int IndexOf(string parameterName) => parameters.FindIndex(parameter => parameter.ParameterName == parameterName);

    public override void Insert(int index, object value) => parameters.Insert(index, (DbParameter)value);

    public override void Remove(object value) => parameters.Remove((DbParameter)value);

    public override void RemoveAt(int index) => parameters.RemoveAt(index);

    public override void RemoveAt(string parameterName) => parameters.RemoveAt(Find(parameterName));

    protected override DbParameter GetParameter(int index) => parameters[index];

    protected override DbParameter GetParameter(string parameterName) => parameters[Find(parameterName)];

    protected override void SetParameter(int index, DbParameter value) => parameters[index] = value;

    protected override void SetParameter(string parameterName, DbParameter value) => parameters[Find(parameterName)] = value;

    private int Find(string name) =>
        IndexOf(name) is >= 0 and var index ? index : throw new ArgumentException($"There is no parameter {name}.", nameof(name));
}
