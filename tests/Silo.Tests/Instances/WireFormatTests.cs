using System.CodeDom.Compiler;
using System.Reflection;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>
/// Everything that silos of different versions say to each other or leave for each other, against a committed list. A line may be
/// added; one that changes or goes breaks a cluster in the middle of an upgrade.
/// </summary>
public sealed class WireFormatTests
{
    private static readonly Type[] Types =
        [.. new[] { typeof(AttemptId).Assembly, typeof(ExecutionMachine).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetCustomAttribute<GeneratedCodeAttribute>() is null)];

    [Fact]
    public void Messages_and_stored_formats_are_those_of_the_committed_list() =>
        Baseline.Check("wire-format.txt", [.. Interfaces(), .. Messages(), .. Enums(), .. StoredNumbers()]);

    [Fact]
    public void Everything_on_the_wire_has_a_name_that_does_not_follow_the_code()
    {
        var nameless = Types.Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is not null || IsGrainInterface(type))
            .Where(type => type.GetCustomAttribute<AliasAttribute>(inherit: false) is null && !type.IsAssignableTo(typeof(Exception)))
            .Select(type => type.FullName);

        Assert.Empty(nameless);
    }

    private static IEnumerable<string> Interfaces() =>
        from type in Types
        where IsGrainInterface(type)
        orderby Alias(type), type.Name
        from method in type.GetMethods().OrderBy(Alias, StringComparer.Ordinal)
        select $"grain {Alias(type)} {Alias(method)}({string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)))}) "
            + Name(method.ReturnType);

    private static IEnumerable<string> Messages() =>
        from type in Types
        where type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is not null && !type.IsEnum
        orderby Alias(type), type.Name
        from line in Members(type).DefaultIfEmpty("(nothing)")
        select $"message {Alias(type)} {line}";

    /// <summary>Members with an id; for records also what their constructor takes, which is numbered by position.</summary>
    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var numbered =
            from member in type.GetMembers(All)
            let id = member.GetCustomAttribute<IdAttribute>()
            where id is not null
            orderby id.Id
            select $"{id.Id} {member.Name}: {Name(member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType)}";
        var taken = type.GetMethod("Deconstruct", All)?.GetParameters() ?? [];
        return [.. taken.Select((parameter, position) => $"taken {position} {parameter.Name}: {Name(parameter.ParameterType.GetElementType()!)}"), .. numbered];
    }

    private static IEnumerable<string> Enums() =>
        from type in Types
        where type.IsEnum && type.IsPublic && type.Assembly == typeof(AttemptId).Assembly
        orderby type.Name
        from value in Enum.GetValues(type).Cast<object>()
        select $"enum {type.Name} {Convert.ToInt32(value)} {value}";

    private static IEnumerable<string> StoredNumbers() =>
    [
        .. Enum.GetValues<EventKind>().Select(kind => $"journal event {(int)kind} {kind}"),
        .. Enum.GetValues<NodeState>().Select(state => $"snapshot node state {(int)state} {state}"),
        .. Enum.GetValues<Omission>().Select(omission => $"journal omission {(int)omission} {omission}"),
    ];

    private static bool IsGrainInterface(Type type) => type.IsInterface && type.IsAssignableTo(typeof(IAddressable));

    private static string Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? $"({member.Name})";

    private static string Name(Type type)
    {
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[]";
        if (!type.IsGenericType) return type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? type.Name;
        return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
