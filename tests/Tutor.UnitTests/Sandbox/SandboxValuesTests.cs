using System.Globalization;
using System.Numerics;
using Tutor.Core.Evidence;

namespace Tutor.UnitTests.Sandbox;

public sealed class SandboxValuesTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task Values_of_exact_built_in_types_arrive_whole()
    {
        (string Call, PyValue Value)[] cases =
        [
            ("None", PyNone.Instance), ("True", new PyBool(true)), ("False", new PyBool(false)), ("0", new PyInt(0)), ("-255", new PyInt(-255)),
            ("2 ** 64 * 8 + 15", new PyInt(BigInteger.Pow(2, 64) * 8 + 15)), ("-10 ** 4500", new PyInt(-BigInteger.Pow(10, 4500))),
            ("0.1", new PyFloat(0.1)), ("-0.0", new PyFloat(-0.0)), ("1e300", new PyFloat(1e300)), ("5e-324", new PyFloat(5e-324)),
            ("float('inf')", new PyFloat(double.PositiveInfinity)), ("float('-inf')", new PyFloat(double.NegativeInfinity)), ("float('nan')", new PyFloat(double.NaN)),
            ("'a\"b\\\\\\n\\x00é😀'", new PyStr("a\"b\\\n\0é😀")), ("'x\\ud800y'", new PyStr("x\ud800y")), ("b'\\x00\\xff'", new PyBytes("\0ÿ")),
        ];

        var run = await sandbox.RunAsync("", [.. cases.Select(item => item.Call)]);

        Assert.Equal(cases.Select(item => item.Value), run.Calls.Select(call => call.Value!));
    }

    [Fact]
    public async Task Containers_arrive_with_their_items()
    {
        var run = await sandbox.RunAsync("", "[1, [None]]", "(1,)", "{1}", "frozenset({2})", "{'a': [1], 2: ()}", "[]");

        var list = Assert.IsType<PyList>(run.Calls[0].Value);
        Assert.Equal(new PyInt(1), list.Items[0]);
        Assert.Equal([PyNone.Instance], Assert.IsType<PyList>(list.Items[1]).Items);
        Assert.Equal([new PyInt(1)], Assert.IsType<PyTuple>(run.Calls[1].Value).Items);
        Assert.Equal([new PyInt(1)], Assert.IsType<PySet>(run.Calls[2].Value).Items);
        Assert.Equal([new PyInt(2)], Assert.IsType<PySet>(run.Calls[3].Value).Items);
        Assert.Equal([new PyStr("a"), new PyInt(2)], Assert.IsType<PyDict>(run.Calls[4].Value).Items.Select(pair => pair.Key));
        Assert.Empty(Assert.IsType<PyList>(run.Calls[5].Value).Items);
    }

    [Fact]
    public async Task Anything_else_is_an_object_with_the_name_of_its_type()
    {
        var run = await sandbox.RunAsync(
            """
            import collections, enum
            class Meta(type):
                __name__ = property(lambda self: 'int')
                __hash__ = lambda self: hash(int)
                __eq__ = lambda self, other: True
            class Sly(metaclass=Meta): pass
            class Colour(enum.Enum): RED = 1
            class Decimal: __str__ = lambda self: '1'
            class Fraction: numerator = denominator = 1
            """,
            "range(3)", "1j", "len", "Sly()", "(n for n in [])", "Colour.RED", "Decimal()", "Fraction()", "collections.deque()", "{1: 2}.values()");

        Assert.Equal(
            ["range", "complex", "builtin_function_or_method", "Sly", "generator", "Colour", "Decimal", "Fraction", "deque", "dict_values"],
            run.Calls.Select(call => Assert.IsType<PyObject>(call.Value).TypeName));
    }

    [Theory]
    [InlineData("collections.defaultdict(list, {'a': [1]})", "{'a': [1]}")]
    [InlineData("collections.OrderedDict([('b', 1), ('a', 2)])", "{'b': 1, 'a': 2}")]
    [InlineData("collections.Counter('aab')", "{'a': 2, 'b': 1}")]
    [InlineData("collections.ChainMap({}).maps[0]", "{}")]
    [InlineData("collections.namedtuple('Point', 'x y')(1, 2)", "(1, 2)")]
    [InlineData("[collections.namedtuple('One', 'x')('a')]", "[('a',)]")]
    [InlineData("enum.IntEnum('Coin', 'PENNY').PENNY", "1")]
    [InlineData("enum.IntFlag('Flag', 'A B')(3)", "3")]
    [InlineData("enum.Enum('Mood', {'GOOD': 'good'}, type=str).GOOD", "'good'")]
    [InlineData("type('Text', (str,), {'__str__': lambda self: 'lie', '__len__': lambda self: 10 ** 9})('a')", "'a'")]
    [InlineData("type('Whole', (int,), {'__index__': lambda self: 7, '__eq__': lambda self, other: True, 'bit_length': lambda self: 10 ** 9})(1)", "1")]
    [InlineData("type('Half', (float,), {'__repr__': lambda self: '7', '__float__': lambda self: 7.0})(0.5)", "0.5")]
    [InlineData("type('Box', (list,), {'__iter__': lambda self: iter([7]), '__len__': lambda self: 0})([1, 2])", "[1, 2]")]
    [InlineData("type('Map', (dict,), {'items': lambda self: [(7, 7)], '__len__': lambda self: 0})(a=1)", "{'a': 1}")]
    [InlineData("type('Bag', (set,), {'__iter__': lambda self: iter([7])})([1])", "{1}")]
    [InlineData("type('Raw', (bytes,), {'decode': lambda self, kind: '7'})(b'x')", "b'x'")]
    [InlineData("bytearray(b'x')", "b'x'")]
    [InlineData("{'a': 1}.keys()", "{'a'}")]
    [InlineData("collections.OrderedDict(a=1).keys()", "{'a'}")]
    [InlineData("fractions.Fraction(2, 6)", "Fraction(1, 3)")]
    [InlineData("[fractions.Fraction(-4, 2)]", "[Fraction(-2, 1)]")]
    [InlineData("decimal.Decimal('0.10')", "Decimal('0.10')")]
    [InlineData("decimal.Decimal('-1.5E+3')", "Decimal('-1.5E+3')")]
    [InlineData("decimal.Decimal('1E-9')", "Decimal('1E-9')")]
    [InlineData("decimal.Decimal('-Infinity')", "-inf")]
    [InlineData("decimal.Decimal('sNaN')", "nan")]
    [InlineData("type('Price', (decimal.Decimal,), {'__str__': lambda self: '7'})('0.20')", "Decimal('0.20')")]
    [InlineData("{decimal.Decimal('0.1'): 1}", "{Decimal('0.1'): 1}")]
    public async Task A_value_of_a_subclass_arrives_as_what_it_holds_whatever_its_class_says_of_it(string call, string shown)
    {
        var run = await sandbox.RunAsync("import collections, decimal, enum, fractions", call);

        Assert.Equal((shown, null), (run.Calls[0].Value is { } value ? PythonLiteral.Format(value) : null, run.Calls[0].ExceptionMessage));
    }

    [Theory]
    [InlineData("decimal.Decimal('1E+999999')")]
    [InlineData("decimal.Decimal('1E-999999')")]
    public async Task A_decimal_beyond_what_a_test_can_be_about_is_too_large(string call)
    {
        var run = await sandbox.RunAsync("import decimal", call);

        Assert.Equal(new PyObject("Decimal (too large)"), run.Calls[0].Value);
    }

    [Theory]
    [InlineData("'a' * 4000", null)]
    [InlineData("'a' * 4001", "str (too large)")]
    [InlineData("[0] * 2000", null)]
    [InlineData("[0] * 2001", "list (too large)")]
    [InlineData("{n: n for n in range(2001)}", "dict (too large)")]
    [InlineData("[[[[[[[[1]]]]]]]]", null)]
    [InlineData("([[[[[[[[1]]]]]]]],)", "tuple (too large)")]
    [InlineData("[['a' * 4000] * 100]", "list (too large)")]
    [InlineData("10 ** 1000000", "int (too large)")]
    [InlineData("cycle", "list (too large)")]
    public async Task A_value_beyond_the_caps_says_so_instead(string call, string? name)
    {
        var run = await sandbox.RunAsync("cycle = []\ncycle.append(cycle)\ncycle.append(cycle)", call, "'next'");

        Assert.Equal(name, (run.Calls[0].Value as PyObject)?.TypeName);
        Assert.NotNull(run.Calls[0].Value);
        Assert.Equal(new PyStr("next"), run.Calls[1].Value);
    }

    [Fact]
    public async Task Results_that_exceed_a_programs_share_become_names_and_the_rest_goes_on()
    {
        var calls = Enumerable.Range(0, 20).Select(n => string.Create(CultureInfo.InvariantCulture, $"['{n}' * 2000] * 15")).ToArray();

        var run = await sandbox.RunAsync("", [.. calls, "1"]);

        Assert.Equal(ProgramOutcome.Completed, run.Outcome);
        Assert.IsType<PyList>(run.Calls[0].Value);
        Assert.Equal(new PyObject("list (too large)"), run.Calls[19].Value);
    }
}
