using System.Numerics;
using CsCheck;
using Tutor.Core.Evidence;

namespace Tutor.UnitTests.Evidence;

public sealed class PyEqualityTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("True", "1")]
    [InlineData("False", "0.0")]
    [InlineData("0.0", "-0.0")]
    [InlineData("{1, 2, 3}", "{3, 2, 1}")]
    [InlineData("{True: 'a'}", "{1.0: 'a'}")]
    [InlineData("{'a': 1, 'b': [1, 2.0]}", "{'b': [1, 2], 'a': 1}")]
    [InlineData("{(1, 2): None}", "{(1.0, 2): None}")]
    [InlineData("nan", "nan")]
    [InlineData("Fraction(1, 2)", "0.5")]
    [InlineData("Fraction(1, 5)", "0.2")]
    [InlineData("Fraction(1, 3)", "0.3333333333333333")]
    [InlineData("Fraction(6, 3)", "2")]
    [InlineData("Fraction(1, 4)", "Decimal('0.250')")]
    [InlineData("Decimal('0.20')", "0.2")]
    [InlineData("Decimal('1E+3')", "1000")]
    [InlineData("Decimal('1.0')", "True")]
    [InlineData("{Decimal('0.20'): [Fraction(1, 2)]}", "{0.2: [0.5]}")]
    [InlineData("{Fraction(2, 1), Decimal('0.10')}", "{0.1, 2}")]
    public void These_are_equal(string left, string right)
    {
        Assert.True(Equal(left, right));
        Assert.True(Equal(right, left));
    }

    [Theory]
    [InlineData("[1]", "(1,)")]
    [InlineData("'1'", "1")]
    [InlineData("b'a'", "'a'")]
    [InlineData("None", "False")]
    [InlineData("{1}", "{1: 1}")]
    [InlineData("set()", "{}")]
    [InlineData("[1, 2]", "[2, 1]")]
    [InlineData("9007199254740993", "9007199254740992.0")]
    [InlineData("inf", "-inf")]
    [InlineData("0.1", "0.10000000000000002")]
    [InlineData("{'a': 1}", "{'a': 1, 'b': 2}")]
    [InlineData("Fraction(1, 3)", "0.333")]
    [InlineData("Fraction(9007199254740993, 1)", "9007199254740992.0")]
    [InlineData("Decimal('0.1')", "Fraction(1, 9)")]
    [InlineData("Decimal('0.1')", "'0.1'")]
    public void These_differ(string left, string right)
    {
        Assert.False(Equal(left, right));
        Assert.False(Equal(right, left));
    }

    [Theory]
    [InlineData("0.30000000000000004", "0.3", true)]
    [InlineData("[1, (2.0000001, 'a')]", "[1, (2, 'a')]", true)]
    [InlineData("{'mean': 1.5000001}", "{'mean': 1.5}", true)]
    [InlineData("{0.1, 0.2000001}", "{0.2, 0.1}", true)]
    [InlineData("{0.1000001: 'x'}", "{0.1: 'x'}", true)]
    [InlineData("0.31", "0.3", false)]
    [InlineData("1", "2", false)]
    [InlineData("Fraction(3000001, 10000000)", "0.3", true)]
    [InlineData("Decimal('1.0000001')", "1", true)]
    [InlineData("Decimal('1.1')", "1", false)]
    [InlineData("inf", "1e308", false)]
    [InlineData("nan", "0.0", false)]
    public void A_tolerance_holds_between_floats_anywhere_in_the_value(string left, string right, bool equal) =>
        Assert.Equal(equal, PyEquality.AreEqual(PythonLiteral.Parse(left), PythonLiteral.Parse(right), 1e-6));

    [Fact]
    public void An_object_equals_nothing_so_that_a_class_with_its_own_eq_cannot_pass()
    {
        var cheat = new PyObject("AlwaysEqual");

        Assert.False(PyEquality.AreEqual(cheat, PythonLiteral.Parse("1")));
        Assert.False(PyEquality.AreEqual(cheat, cheat));
        Assert.False(PyEquality.AreEqual(new PyList([cheat]), new PyList([cheat])));
    }

    [Fact]
    public void A_fraction_is_as_near_to_a_float_as_Pythons_division_says()
    {
        // A division of doubles rounds once where both are exact, so it is the right answer to compare with.
        Gen.Select(Gen.Long[-(1L << 53), 1L << 53], Gen.Long[1, 1L << 53]).Sample((over, under) =>
            new PyNumber(over, under).ToDouble() == (double)over / under
            && new PyNumber((BigInteger)over << 2000, (BigInteger)under << 2000).ToDouble() == (double)over / under);
    }

    private static bool Equal(string left, string right) => PyEquality.AreEqual(PythonLiteral.Parse(left), PythonLiteral.Parse(right));
}
