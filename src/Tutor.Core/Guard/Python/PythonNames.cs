using System.Collections.Frozen;

namespace Tutor.Core.Guard.Python;

/// <summary>Names that say nothing about whose program they are in.</summary>
public static class PythonNames
{
    private static readonly FrozenSet<string> Keywords = Set(
        "False None True and as assert async await break class continue def del elif else except finally for from global if " +
        "import in is lambda nonlocal not or pass raise return try while with yield");

    private static readonly FrozenSet<string> Builtins = Set(
        "abs all any ascii bin bool bytearray bytes callable chr classmethod complex delattr dict dir divmod enumerate eval exec " +
        "filter float format frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter len list locals map " +
        "max memoryview min next object oct open ord pow print property range repr reversed round self set setattr slice sorted " +
        "staticmethod str sum super tuple type vars zip __init__ __name__ __main__ " +
        "Exception ArithmeticError AttributeError FileNotFoundError IndexError KeyError NameError OSError RecursionError RuntimeError " +
        "StopIteration SyntaxError TypeError ValueError ZeroDivisionError " +
        "add append capitalize clear copy count difference discard endswith extend find get index insert intersection isalpha isdigit " +
        "islower isspace isupper items join keys lower lstrip pop popitem remove replace reverse rstrip setdefault sort split splitlines " +
        "startswith strip title union update upper values " +
        "collections copy csv datetime functools itertools json math random re string sys");

    // What teachers' examples are written with. A hint that uses one of these is not thereby about the student's program.
    private static readonly FrozenSet<string> TeachingNames = Set(
        "answer args arr array char character characters color colors colour colours condition counter current data digit digits elem " +
        "element elements example first foo bar fruit fruits func function idx item items key last left letter letters line lines " +
        "main maximum message minimum name names new num number numbers nums old output pair pairs person point points position positions " +
        "price prices previous prev result results right score scores second seen sentence seq sequence something start stop end step temp " +
        "test text tmp total totals val value var variable word words student students animal animals");

    public static bool IsKeyword(ReadOnlySpan<char> word) => Keywords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Built-in functions, types, common methods and modules: kept as they are where other names are abstracted.</summary>
    public static bool IsBuiltin(string name) => Builtins.Contains(name);

    /// <summary>Whether a name is telling enough to mark code as written for one student's program.</summary>
    public static bool IsTelling(string name) =>
        name.Length >= 3 && !Builtins.Contains(name) && !Keywords.Contains(name) && !TeachingNames.Contains(name);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();
}
