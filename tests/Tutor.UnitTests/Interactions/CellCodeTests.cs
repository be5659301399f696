using System.Text;
using System.Text.Json;
using Tutor.Core.Courses;
using Tutor.Core.Interactions;

namespace Tutor.UnitTests.Interactions;

public sealed class CellCodeTests
{
    private const string Function = "def f(x):\n    return x";

    [Theory]
    [InlineData("%%time\n" + Function, "# %%time\n" + Function)]
    [InlineData("\n%%timeit -n 3 y = 1\n" + Function, "\n# %%timeit -n 3 y = 1\n" + Function)]
    [InlineData("%%capture out\n%%time\n" + Function, "# %%capture out\n# %%time\n" + Function)]
    public void A_cell_that_is_timed_or_watched_stays_code(string cell, string expected) => Assert.Equal(expected, Code(cell).Text);

    [Theory]
    [InlineData("%%bash\nls -l\ndef f: no", "%%bash")]
    [InlineData("%%html\n<b>x</b>", "%%html")]
    [InlineData("%%writefile a.py\n" + Function, "%%writefile")]
    public void A_cell_that_is_no_Python_of_the_program_becomes_a_comment_and_that_is_said(string cell, string name)
    {
        var upload = Code(cell);

        Assert.All(upload.Text.Split('\n'), line => Assert.StartsWith("# ", line));
        Assert.Contains(name, upload.Notice);
    }

    [Theory]
    [InlineData("%matplotlib inline", "# %matplotlib inline")]
    [InlineData("if x:\n    !ls\n    %matplotlib inline", "if x:\n    pass  # !ls\n    pass  # %matplotlib inline")]
    [InlineData("%time y = f(1)", "y = f(1)  # %time")]
    [InlineData("if x:\n\t%time f(1)", "if x:\n\tf(1)  # %time")]
    [InlineData("y = %time f(1)", "y = f(1)  # %time")]
    [InlineData("files = !ls", "files = []  # !ls")]
    [InlineData("a.b['c'] = %sx ls", "a.b['c'] = %sx ls")]
    [InlineData("x = %sx ls", "x = []  # %sx ls")]
    [InlineData("t = %timeit -o f(1)", "t = None  # %timeit -o f(1)")]
    [InlineData("f?", "# f?")]
    [InlineData("?f", "# ?f")]
    [InlineData("math.sqrt??", "# math.sqrt??")]
    [InlineData("!pip install a \\\n  b\nx = 1", "# !pip install a \\\n#   b\nx = 1")]
    public void What_only_IPython_reads_does_nothing_and_leaves_Python_behind(string cell, string expected) => Assert.Equal(expected, Code(cell).Text);

    [Theory]
    [InlineData("x = (17\n% 5)")]
    [InlineData("x = 17 \\\n% 5")]
    [InlineData("s = '''\n%d apples\n! and ? \n'''")]
    [InlineData("s = \"\"\"it's\n%time flies\n\"\"\"\nt = [\n  '%',\n!=1]")]
    [InlineData("x = 5 % 3  # why?")]
    [InlineData("s = 'who?'")]
    [InlineData("# %matplotlib inline?")]
    [InlineData("x = a != b")]
    [InlineData("s = 'a\u2028%b'\nx = 1\f")]
    public void Python_stays_as_it_is(string cell) => Assert.Equal(cell.TrimEnd(), Code(cell).Text);

    [Theory]
    [InlineData("import asyncio\nawait asyncio.sleep(0)", true)]
    [InlineData("if x:\n    y = await g()", true)]
    [InlineData("async with a as b:\n    pass", true)]
    [InlineData("async def g():\n    await h()\n\n    return await k()", false)]
    [InlineData("async def g(): await h()\ns = 'await'  # await", false)]
    public void An_await_outside_a_function_is_called_a_notebook_s_own(string cell, bool said) =>
        Assert.Equal(said, Code(cell).Notice.Contains("await", StringComparison.Ordinal));

    [Fact]
    public void Not_a_number_in_an_output_does_no_harm_and_in_a_text_it_stays()
    {
        const string json = """{"cells": [{"cell_type": "code", "source": "x = 'NaN, \"Infinity'", "outputs": [{"data": {"y": [NaN, -Infinity, Infinity]}}]}]}""";

        Assert.Equal("x = 'NaN, \"Infinity'\n", UploadReader.Read("a.ipynb", Encoding.UTF8.GetBytes(json), ExerciseKind.Code).Text);
    }

    [Theory]
    [InlineData("""{"kernelspec": {"name": "ir", "language": "R"}}""", "R")]
    [InlineData("""{"kernelspec": {"name": "ir"}}""", "R")]
    [InlineData("""{"language_info": {"name": "julia"}}""", "julia")]
    public void A_notebook_in_another_language_is_refused_in_words(string metadata, string language)
    {
        var json = $$"""{"metadata": {{metadata}}, "cells": [{"cell_type": "code", "source": "f <- function(x) x"}]}""";

        Assert.Contains($"a notebook for {language}", UploadReader.Read("a.ipynb", Encoding.UTF8.GetBytes(json), ExerciseKind.Code).Problem);
        Assert.Equal($"```{language}\nf <- function(x) x\n```\n", UploadReader.Read("a.ipynb", Encoding.UTF8.GetBytes(json), ExerciseKind.Writing).Text);
    }

    [Theory]
    [InlineData("get_ipython().run_line_magic('matplotlib', 'inline')\n" + Function, "# %matplotlib inline\n" + Function)]
    [InlineData("if x:\n    get_ipython().system('ls')", "if x:\n    pass  # !ls")]
    [InlineData("files = get_ipython().getoutput('ls')", "files = []  # !ls")]
    [InlineData("get_ipython().run_line_magic('time', 'y = f(1)')", "y = f(1)  # %time")]
    [InlineData("get_ipython().run_cell_magic('time', '', 'def f(x):\\n    return x\\n')", "# %%time\ndef f(x):\n    return x\n")]
    [InlineData("get_ipython().run_cell_magic('bash', '', 'ls\\n')", "# %%bash\n# ls\n# ")]
    [InlineData("s = '''\nget_ipython().system('ls')\n'''", "s = '''\nget_ipython().system('ls')\n'''")]
    public void What_nbconvert_makes_of_magics_is_treated_like_them(string program, string expected) =>
        Assert.Equal(expected, UploadReader.Read("a.py", Encoding.UTF8.GetBytes(program), ExerciseKind.Code).Text);

    private static Upload Code(string cell)
    {
        var json = JsonSerializer.Serialize(new { cells = new[] { new { cell_type = "code", source = cell } } });
        var upload = UploadReader.Read("a.ipynb", Encoding.UTF8.GetBytes(json), ExerciseKind.Code);
        return upload with { Text = upload.Text.EndsWith('\n') ? upload.Text[..^1] : upload.Text };
    }
}
