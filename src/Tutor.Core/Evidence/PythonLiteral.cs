namespace Tutor.Core.Evidence;

/// <summary>Reads and writes Python literals: what a test says it expects, and what a run gave.</summary>
/// <remarks>
/// The grammar is that of Python's <c>ast.literal_eval</c> (Python 3.11 language reference, 2.4 and 6.2) without complex
/// numbers, and with <c>inf</c>, <c>nan</c>, <c>float('inf')</c>, <c>Fraction(1, 3)</c> and <c>Decimal('0.10')</c>, because those are how Python prints
/// such numbers and how people write them.
/// </remarks>
public static class PythonLiteral
{
    /// <exception cref="FormatException">The text is no literal; the message says what and at which column (from 1).</exception>
    public static PyValue Parse(string text) => new PythonLiteralReader(text).ReadAll();

    /// <param name="problem">What is wrong and at which column; null when the text was read.</param>
    public static bool TryParse(string text, out PyValue value, out string? problem)
    {
        try
        {
            value = Parse(text);
            problem = null;
            return true;
        }
        catch (FormatException wrong)
        {
            value = PyNone.Instance;
            problem = wrong.Message;
            return false;
        }
    }

    /// <summary>The text Python's <c>repr</c> gives; for <see cref="PyObject"/> the type's name in angle brackets.</summary>
    public static string Format(PyValue value) => PythonRepr.Write(value);
}
