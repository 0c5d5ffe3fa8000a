namespace Scheduler.Silo.Definitions;

/// <summary>What a token of a condition is.</summary>
internal enum ConditionTokenKind
{
    /// <summary>Something the language does not have.</summary>
    Invalid = 0,
    Literal,
    Reference,
    Operator,
    Open,
    Close,
}

/// <summary>Operators in the order in which they bind, weakest first; those of one level share the tens digit.</summary>
internal enum ConditionOperator
{
    Or = 10,
    And = 20,
    Equal = 30,
    NotEqual = 31,
    Less = 40,
    Greater = 41,
    LessOrEqual = 42,
    GreaterOrEqual = 43,
    Not = 50,
}

/// <summary>One token. Members that its kind does not use have their default.</summary>
internal readonly record struct ConditionToken(
    ConditionTokenKind Kind, ScriptValue Value = default, ConditionReference Reference = default, ConditionOperator Operator = default,
    ConditionMacro? Macro = null);
