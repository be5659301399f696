namespace Tutor.Core.Evidence;

/// <summary>Python's built-in exception types as a hierarchy (Python 3.13 library reference, "Exception hierarchy").</summary>
public static class PyExceptions
{
    /// <summary>Reported instead of a type where a program did not end within its time while loading.</summary>
    public const string Timeout = "Timeout";

    /// <summary>Reported instead of a type where a program's process ended or was ended.</summary>
    public const string Killed = "Killed";

    private static readonly Dictionary<string, string> Bases = Read(
        """
        BaseException: BaseExceptionGroup Exception GeneratorExit KeyboardInterrupt SystemExit
        Exception: ArithmeticError AssertionError AttributeError BufferError EOFError ExceptionGroup ImportError LookupError MemoryError NameError OSError ReferenceError RuntimeError StopAsyncIteration StopIteration SyntaxError SystemError TypeError ValueError Warning
        ArithmeticError: FloatingPointError OverflowError ZeroDivisionError
        ImportError: ModuleNotFoundError
        LookupError: IndexError KeyError
        NameError: UnboundLocalError
        OSError: BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError
        ConnectionError: BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError
        RuntimeError: NotImplementedError PythonFinalizationError RecursionError
        SyntaxError: IndentationError
        IndentationError: TabError
        ValueError: UnicodeError
        UnicodeError: UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError
        Warning: BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning
        """);

    /// <summary>Whether an exception of type <paramref name="type"/> would be caught by <c>except <paramref name="wanted"/></c>. A program's own types are known by name only.</summary>
    public static bool IsA(string? type, string wanted)
    {
        for (var t = type; t is not null; t = Bases.GetValueOrDefault(t))
        {
            if (t == wanted) return true;
        }

        return false;
    }

    /// <summary>What anybody but staff may read of an exception in a hidden test: a name from Python's own list, which no program can add to.</summary>
    /// <param name="nearest">The built-in type that the exception's class derives from.</param>
    /// <returns>Null for an exception of the program's own that derives from nothing more telling than <c>Exception</c>.</returns>
    public static string? NameFromClosedList(string? type, string? nearest) =>
        type is Killed || IsBuiltIn(type) ? type : IsBuiltIn(nearest) && nearest is not ("Exception" or "BaseException") ? nearest : null;

    private static bool IsBuiltIn(string? type) => type is not null && (type == "BaseException" || Bases.ContainsKey(type));

    private static Dictionary<string, string> Read(string table) =>
        (from line in table.Split('\n')
         let parts = line.Split(": ")
         from derived in parts[1].Split(' ')
         select (derived, parts[0])).ToDictionary(p => p.derived, p => p.Item2);
}
