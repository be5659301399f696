using Tutor.Inference.Engine;

namespace Tutor.Benchmarks.Engine;

/// <summary>The wait for the first token when a class begins at once: eight requests that share a prompt of 1,500 tokens nobody asked with before.</summary>
internal static class PrefixBenchmark
{
    private const int Students = 8;
    private const int Shared = 1_500;
    private const int Own = 50;
    private const int Generated = 8;

    // Without reuse the whole takes two minutes, and each request's wait grows evenly with its place; so it is measured for two students.
    private const int StudentsWithoutReuse = 2;

    public static async Task RunAsync()
    {
        var table = new Table("", "students", "first token, median s", "first token, last s", "all done, s", "prompt tokens computed");
        double without, with;
        await using (var engine = await EngineBenchmark.LoadAsync(options => options with { Slots = Students, CachedSequences = 0, ContextTokens = 16_384 }))
        {
            var (times, computed) = await MeasureAsync(engine, StudentsWithoutReuse);
            Add(table, "reuse off", StudentsWithoutReuse, times, computed);
            without = times.FirstLast / StudentsWithoutReuse * Students;
        }
        await using (var engine = await EngineBenchmark.LoadAsync(options => options with { Slots = Students, ContextTokens = 16_384 }))
        {
            var (times, computed) = await MeasureAsync(engine, Students);
            Add(table, "cold prefix", Students, times, computed);
            with = times.FirstLast;
            (times, computed) = await MeasureAsync(engine, Students, firstNumber: 100);
            Add(table, "warm prefix", Students, times, computed);
        }
        Console.WriteLine(table);
        Console.WriteLine($"Cold against off for {Students} students (off: {StudentsWithoutReuse} measured, times {Students / StudentsWithoutReuse}): {EngineBenchmark.Number(with / without, "0.00")}");
    }

    private static async Task<(TokenTimes Times, long Computed)> MeasureAsync(LlamaEngine engine, int students, int firstNumber = 0)
    {
        var shared = EngineBenchmark.Text(engine, -1, Shared);
        var before = engine.Metrics.DecodedPromptTokens;
        var times = await TokenTimes.OfAsync(engine, Enumerable.Range(firstNumber, students).Select(i => EngineBenchmark.Request(engine, shared + " " + EngineBenchmark.Text(engine, 50 + i, Own), Generated)));
        return (times, engine.Metrics.DecodedPromptTokens - before);
    }

    private static void Add(Table table, string name, int students, TokenTimes times, long computed) => table.Add(name, students,
        EngineBenchmark.Number(times.FirstMedian / 1000), EngineBenchmark.Number(times.FirstLast / 1000), EngineBenchmark.Number(times.End / 1000), computed);
}
