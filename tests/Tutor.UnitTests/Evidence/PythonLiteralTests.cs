using System.Numerics;
using CsCheck;
using Tutor.Core.Evidence;

namespace Tutor.UnitTests.Evidence;

public sealed class PythonLiteralTests
{
    [Theory]
    [InlineData("None", "None")]
    [InlineData(" True ", "True")]
    [InlineData("0x_FF", "255")]
    [InlineData("0b101", "5")]
    [InlineData("1_000_000", "1000000")]
    [InlineData("00", "0")]
    [InlineData("- 3", "-3")]
    [InlineData("--3", "3")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.", "1.0")]
    [InlineData(".5", "0.5")]
    [InlineData("1e3", "1000.0")]
    [InlineData("1E-7", "1e-07")]
    [InlineData("1e999", "inf")]
    [InlineData("float('-inf')", "-inf")]
    [InlineData("-inf", "-inf")]
    [InlineData("float(\"nan\")", "nan")]
    [InlineData("\"it's\"", "\"it's\"")]
    [InlineData("'a\\x41\\u00e9\\101\\q'", "'aAéA\\\\q'")]
    [InlineData("r'\\d'", "'\\\\d'")]
    [InlineData("u'x' \"y\"", "'xy'")]
    [InlineData("'''two\nlines'''", "'two\\nlines'")]
    [InlineData("b'\\xff'", "b'\\xff'")]
    [InlineData("(1)", "1")]
    [InlineData("(1,)", "(1,)")]
    [InlineData("()", "()")]
    [InlineData("[1, [2, (3, 4)],]", "[1, [2, (3, 4)]]")]
    [InlineData("{1, 1.0, 2}", "{1, 2}")]
    [InlineData("set()", "set()")]
    [InlineData("{}", "{}")]
    [InlineData("{'a': 1, 'b': [2], 'a': 3}", "{'a': 3, 'b': [2]}")]
    public void Python_notation_is_read_and_written_as_python_prints_it(string text, string repr) =>
        Assert.Equal(repr, PythonLiteral.Format(PythonLiteral.Parse(text)));

    [Theory]
    [InlineData("", "column 1: there is no value; write None, a number, a string in quotes, a list, ...")]
    [InlineData("hello", "column 1: 'hello' is a name, not a value; put quotes around it if a string is meant")]
    [InlineData("true", "column 1: 'true' is no Python value; write None, True or False")]
    [InlineData("[1 2]", "column 4: ',' or ']' is missing")]
    [InlineData("[1, , 2]", "column 5: ', 2]' cannot start a value")]
    [InlineData("[1, 2", "column 6: ',' or ']' is missing")]
    [InlineData("1 2", "column 3: '2' follows a value that is already complete")]
    [InlineData("'open", "column 1: the string's closing quote is missing")]
    [InlineData("007", "column 1: '007' starts with 0, which Python does not allow")]
    [InlineData("1__0", "column 1: '1__0' is no number: '_' may only stand between two digits")]
    [InlineData("3j", "column 1: complex numbers cannot be compared; return a tuple of floats")]
    [InlineData("{[1]: 2}", "column 6: a list, set or dict cannot be a key of a dict")]
    [InlineData("{'a': 1, 2}", "column 11: ':' is missing after the key")]
    [InlineData("-'a'", "column 2: a sign may only stand before a number")]
    [InlineData("f'{x}'", "column 1: strings with the prefix 'f' are not literals")]
    [InlineData("b'é'", "column 3: bytes hold ASCII characters and \\x escapes only")]
    [InlineData("'\\xg1'", "column 2: this escape needs 2 hexadecimal digits of a character's number")]
    public void What_is_no_literal_is_refused_with_the_column_and_the_reason(string text, string problem)
    {
        Assert.False(PythonLiteral.TryParse(text, out _, out var said));
        Assert.Equal(problem, said);
    }

    [Fact]
    public void Brackets_nested_without_end_are_refused_before_the_stack_is()
    {
        Assert.False(PythonLiteral.TryParse(new string('[', 100_000), out _, out var problem));
        Assert.Contains("more than 100 brackets", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused_but_never_throws_something_else() =>
        Gen.String[Gen.OneOf('[', ']', '(', ')', '{', '}', ',', ':', '\'', '"', '\\', '1', '0', 'x', '_', '.', 'e', '-', 'b', 'N', ' ', '\n'), 0, 12]
            .Sample(text => PythonLiteral.TryParse(text, out _, out var problem) == problem is null, iter: 20_000);

    [Fact]
    public void What_is_written_reads_back_as_the_same_value() =>
        PyValues.Any.Sample(value => PyEquality.AreEqual(value, PythonLiteral.Parse(PythonLiteral.Format(value))), iter: 3_000);

    [Fact]
    public void An_object_is_written_as_its_type() => Assert.Equal("<Node>", PythonLiteral.Format(new PyObject("Node")));

    [Fact]
    public void Integers_keep_every_digit() =>
        Assert.Equal(BigInteger.Pow(7, 500), ((PyInt)PythonLiteral.Parse(BigInteger.Pow(7, 500).ToString())).Value);
}
