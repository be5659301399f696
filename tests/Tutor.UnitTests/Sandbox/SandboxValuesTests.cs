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
            import collections, decimal
            class Whole(int):
                def __eq__(self, other): return True
                __hash__ = int.__hash__
            class Text(str): pass
            class Meta(type):
                __name__ = property(lambda self: 'int')
            class Sly(metaclass=Meta): pass
            """,
            "Whole(1)", "Text('a')", "collections.OrderedDict()", "collections.Counter('a')", "range(3)", "1j", "decimal.Decimal(1)", "len", "Sly()", "[Whole(1)]", "(n for n in [])");

        Assert.Equal(
            ["Whole", "Text", "OrderedDict", "Counter", "range", "complex", "Decimal", "builtin_function_or_method", "Sly", "list", "generator"],
            run.Calls.Select(call => call.Value is PyList { Items: [PyObject { TypeName: "Whole" }] } ? "list" : Assert.IsType<PyObject>(call.Value).TypeName));
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
