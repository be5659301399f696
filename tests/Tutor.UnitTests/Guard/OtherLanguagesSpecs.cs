using Tutor.Core.Courses;
using Tutor.Core.Guard;
using Tutor.Core.Hints;

namespace Tutor.UnitTests.Guard;

/// <summary>Languages Tutor does not run are judged by their tokens.</summary>
public sealed class OtherLanguagesSpecs
{
    private sealed record Work(string Task, string Attempt, string Solution, string Example);

    private static readonly Dictionary<string, Work> Works = new()
    {
        ["java"] = new(
            "Write `static int largest(int[] prices)`.",
            "static int largest(int[] prices) {\n    int best = 0;\n    for (int i = 0; i < prices.length; i++) {\n        if (prices[i] > best) best = prices[i];\n    }\n    return best;\n}",
            "static int largest(int[] prices) {\n    int best = prices[0];\n    for (int i = 1; i < prices.length; i++) {\n        best = Math.max(best, prices[i]);\n    }\n    return best;\n}",
            "int[] ages = {3, 5};\nfor (int age : ages) {\n    System.out.println(age);\n}"),
        ["c"] = new(
            "Write `int count_words(const char *line)`.",
            "int count_words(const char *line) {\n    int words = 0;\n    for (int i = 0; line[i]; i++) {\n        if (line[i] == ' ') words++;\n    }\n    return words;\n}",
            "int count_words(const char *line) {\n    int words = 0, inside = 0;\n    for (int i = 0; line[i]; i++) {\n        if (line[i] == ' ') inside = 0;\n        else if (!inside) { inside = 1; words++; }\n    }\n    return words;\n}",
            "int sum = 0;\nfor (int k = 0; k < 3; k++) {\n    sum += k;\n}"),
        ["javascript"] = new(
            "Write `function unique(rows)`.",
            "function unique(rows) {\n  for (const row of rows) {\n    if (rows.indexOf(row) > 0) rows.splice(rows.indexOf(row), 1);\n  }\n  return rows;\n}",
            "function unique(rows) {\n  const kept = [];\n  for (const row of rows) {\n    if (!kept.includes(row)) kept.push(row);\n  }\n  return kept;\n}",
            "const colours = [\"red\"];\nfor (const colour of colours) {\n  console.log(colour);\n}"),
        ["sql"] = new(
            "List each customer with the number of their orders.",
            "SELECT customer_name, COUNT(*)\nFROM orders\nWHERE amount > 0",
            "SELECT customer_name, COUNT(order_id) AS order_count\nFROM customers\nLEFT JOIN orders ON orders.customer_id = customers.customer_id\nGROUP BY customer_name",
            "SELECT city, AVG(rain)\nFROM weather\nGROUP BY city"),
    };

    public static TheoryData<string> Languages => [.. Works.Keys];

    private static LeakGuard GuardFor(string language, params string[] earlier)
    {
        var work = Works[language];
        var exercise = new Exercise { Id = "x", Title = "X", Kind = ExerciseKind.Code, Language = language, Task = work.Task, References = [work.Solution] };
        return new(GuardContext.For(exercise, work.Attempt, HintLevel.Example), earlierHints: [.. earlier.Select(e => new EarlierHint(e, work.Attempt))]);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_solution_is_held_back_in_a_fence_without_one_in_bullets_and_in_a_sentence(string language)
    {
        string[] lines = Works[language].Solution.Split('\n');

        Assert.NotEmpty(GuardFor(language).Judge($"So:\n\n```{language}\n{string.Join('\n', lines)}\n```\n"));
        Assert.NotEmpty(GuardFor(language).Judge($"So:\n\n~~~\n{string.Join('\n', lines)}"));
        Assert.NotEmpty(GuardFor(language).Judge($"So:\n\n{string.Join('\n', lines)}\n\nGood luck."));
        Assert.NotEmpty(GuardFor(language).Judge(string.Join('\n', lines.Select(l => $"- `{l.Trim()}`"))));
        Assert.NotEmpty(GuardFor(language).Judge($"Just write this: {string.Join(' ', lines.Select(l => l.Trim()))} and hand it in."));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_student_s_own_lines_an_example_of_something_else_and_words_pass(string language)
    {
        var work = Works[language];
        string[] own = work.Attempt.Split('\n');

        Assert.Empty(GuardFor(language).Judge($"Look at `{own[1].Trim()}`. What does it do first?"));
        Assert.Empty(GuardFor(language).Judge($"Look at\n\n```\n{own[1]}\n{own[2]}\n```\n\nWhat happens in it?"));
        Assert.Empty(GuardFor(language).Judge($"Something else:\n\n```{language}\n{work.Example}\n```\n\nHow would yours look?"));
        Assert.Empty(GuardFor(language).Judge("Where do you start from, and what is left when the input is empty? Select one case, order the steps, and set them against what you get; then try again."));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Line_after_line_counts_together(string language)
    {
        string[] hints = [.. Works[language].Solution.Split('\n').Where(l => l.Trim().Length > 1).Select(l => $"The next one is `{l.Trim()}`.")];

        Assert.Contains(Enumerable.Range(0, hints.Length), i => GuardFor(language, hints[..i]).Judge(hints[i]).Count > 0);
    }
}
