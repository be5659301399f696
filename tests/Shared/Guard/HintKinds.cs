using Tutor.Core.Guard;
using Tutor.Core.Guard.Python;
using Tutor.Core.Hints;

namespace Tutor.Tests.Shared.Guard;

/// <summary>What the guard should make of a kind of hint.</summary>
internal enum HintSort
{
    Harmless,

    /// <summary>A whole working program, disguised or not.</summary>
    FullAnswer,

    /// <summary>The lines that repair the student's program.</summary>
    Repair,

    /// <summary>Neither clearly right nor wrong; measured, not required.</summary>
    Grey,
}

/// <summary>A way of writing a hint for a wrong program. Gives null where the program offers no occasion for it.</summary>
internal sealed record HintKind(string Name, HintSort Sort, Func<WrongProgram, string?> Write)
{
    /// <summary>The highest level the exercise allows.</summary>
    public HintLevel Allowed { get; init; } = HintLevel.Example;
}

/// <summary>Hints that help and hints that give the answer, in the ways models have been seen to write them.</summary>
internal static class HintKinds
{
    public static IReadOnlyList<HintKind> All { get; } =
    [
        new("asks about the idea", HintSort.Harmless, _ =>
            "What does your program do with an empty input, and what with two equal elements? Take a list of three, go through the loop by hand and note every variable after each pass. " +
            "Where does a value surprise you?"),
        new("quotes a line inline", HintSort.Harmless, p => $"Have another look at `{Middle(p).Trim()}`. Which value does it have in the last pass, and which would the task need there?"),
        new("quotes lines in a fence", HintSort.Harmless, p => $"This is the part to think about:\n\n```python\n{string.Join('\n', MiddleThree(p))}\n```\n\nWhat does it do for an empty list?"),
        new("quotes numbered lines", HintSort.Harmless, p => $"In your program\n\n```\n{string.Join('\n', MiddleThree(p).Select((l, i) => $"{i + 3} | {l}"))}\n```\n\nwhich of these lines runs most often?"),
        new("loop example in a fence", HintSort.Harmless, _ =>
            "A `for` loop over something else:\n\n```python\ncolours = [\"red\", \"green\", \"blue\"]\nfor position, colour in enumerate(colours):\n    print(position, colour)\n```\n\nHow would yours look?"),
        new("accumulator example in a fence", HintSort.Harmless, _ =>
            "This adds up the larger numbers:\n\n```python\ntotal = 0\nnumbers = [4, 8, 15]\nfor n in numbers:\n    if n > 5:\n        total += n\nprint(total)\n```\n\nWhat do you have to keep while your loop runs?"),
        new("function example in a fence", HintSort.Harmless, _ =>
            "A function that looks for something stops as soon as it knows:\n\n```python\ndef has_vowel(word):\n    for letter in word:\n        if letter in \"aeiou\":\n            return True\n    return False\n```\n\nWhen does yours know?"),
        new("example without a fence", HintSort.Harmless, _ =>
            "A dictionary can remember what was there:\n\n    stock = {\"apple\": 2}\n    stock[\"pear\"] = 1\n    print(stock)\n\nWhat would you want to remember?"),
        new("names operators", HintSort.Harmless, _ => "Python compares with `<`, `<=` and `==`, and `range(n)` ends before `n`. Is the equal case in your condition?"),
        new("names a call and its value", HintSort.Harmless, p => $"The task wants `{p.Exercise.Tests.Cases[0].Call}` to give `{p.Exercise.Tests.Cases[0].Expected}`. What does your function give, and in which pass is it decided?"),
        new("shows a session", HintSort.Harmless, p =>
            $"Try these:\n\n```\n{string.Join('\n', p.Exercise.Tests.Cases.Take(3).Select(c => $">>> {c.Call}\n{c.Expected}"))}\n```\n\nWhich one differs from what you get?"),
        new("shows a table of values", HintSort.Harmless, _ => "Fill in the rest by hand:\n\n| pass | i | value |\n|---|---|---|\n| 1 | 0 | 5 |\n| 2 | 1 | ? |\n\nDoes the last row fit the task?"),
        new("shows the error", HintSort.Harmless, p =>
            $"Python says\n\n```\nTraceback (most recent call last):\n  File \"program.py\", line 4, in {p.Context.RequiredNames.DefaultIfEmpty("<module>").First()}\nIndexError: list index out of range\n```\n\nWhich index is the last one that exists?"),
        new("explains in words", HintSort.Harmless, _ =>
            "Your loop changes the list while it walks over it. If an element goes away, the next one moves into its place and the loop never sees it. The function should return a new list in the end; " +
            "if nothing was found it should return an empty one. Which variable could hold what you have seen so far?"),

        new("steps for finding the mistake", HintSort.Harmless, _ =>
            "Do this once:\n\n1. Take the smallest list that fails.\n2. Print every variable at the end of each pass.\n3. Compare with what you expected.\n4. If they differ, look at the line before.\n\nWhat do you find?"),
        new("steps in words, where they are allowed", HintSort.Harmless, p => $"Do this:\n\n{Each(p.Fixed, l => $"- {StepWords.Of(l.Trim())}")}") { Allowed = HintLevel.PseudoCode },

        new("full, fenced", HintSort.FullAnswer, p => $"Here is a version that works:\n\n```python\n{p.Fixed}\n```"),
        new("full, tilde fence", HintSort.FullAnswer, p => $"Here is a version that works:\n\n~~~\n{p.Fixed}\n~~~\n\nRun it."),
        new("full, fence left open", HintSort.FullAnswer, p => $"Here is a version that works:\n\n````py\n{p.Fixed}"),
        new("full, renamed", HintSort.FullAnswer, p => $"One could write:\n\n```python\n{Renaming.Rename(p.Fixed, Kept(p))}\n```"),
        new("full, indented", HintSort.FullAnswer, p => $"A version that works:\n\n{Each(p.Fixed, l => "    " + l)}\n\nI hope it helps."),
        new("full, bare lines", HintSort.FullAnswer, p => $"A version that works:\n\n{Each(p.Fixed, l => l)}\n\nI hope it helps."),
        new("full, block quote", HintSort.FullAnswer, p => $"A version that works:\n\n{Each(p.Fixed, l => "> " + l)}\n\nI hope it helps."),
        new("full, inline bullets", HintSort.FullAnswer, p => $"Write these lines one after the other:\n\n{Each(p.Fixed, l => $"- `{l}`")}"),
        new("full, numbered double backticks", HintSort.FullAnswer, p => $"Write:\n\n{string.Join('\n', Lines(p.Fixed).Select((l, i) => $"{i + 1}. ``{l.Trim()}``"))}\n\nThat is all."),
        new("full, inline in one sentence", HintSort.FullAnswer, p => $"Write {string.Join(", then ", Lines(p.Fixed).Select(l => $"`{l.Trim()}`"))}."),
        new("full, a fence per line", HintSort.FullAnswer, p => string.Join("\n\n", Lines(p.Fixed).Select((l, i) => $"Step {i + 1} is this.\n\n```\n{l}\n```"))),
        new("full, another solution", HintSort.FullAnswer, p => $"Another way:\n\n```python\n{p.Other}\n```"),
        new("full, another solution renamed", HintSort.FullAnswer, p => $"Another way:\n\n{Each(Renaming.Rename(p.Other, Kept(p)), l => "    " + l)}\n\nSee?"),
        new("full, as prose", HintSort.FullAnswer, p => $"Just write this: {string.Join(' ', Lines(p.Fixed).Select(l => l.Trim()))} and hand it in."),
        new("full, as prose renamed", HintSort.FullAnswer, p => $"Just write this: {string.Join(' ', Lines(Renaming.Rename(p.Fixed, Kept(p))).Select(l => l.Trim()))} and hand it in."),

        new("changes A to B", HintSort.Repair, p => OneLine(p) is var (from, to) ? $"You are nearly there. Change `{from}` to `{to}` and it works." : null),
        new("changed lines, fenced", HintSort.Repair, p => Added(p) is { Length: > 0 } lines ? $"You need these lines:\n\n```python\n{string.Join('\n', lines)}\n```\n" : null),
        new("changed lines, inline", HintSort.Repair, p => Added(p) is { Length: > 0 and <= 4 } lines ? $"You need {string.Join(" and then ", lines.Select(l => $"`{l.Trim()}`"))}." : null),

        new("full, renamed with its function", HintSort.Grey, p => $"One could write:\n\n```python\n{Renaming.Rename(p.Fixed, [])}\n```"),
        new("nearly code, where pseudo-code is allowed", HintSort.Grey, p => Pseudo(p)) { Allowed = HintLevel.PseudoCode },
        new("nearly code, where it is not", HintSort.Grey, p => Pseudo(p)),
    ];

    private static string Pseudo(WrongProgram p) => $"Do this:\n\n{Each(p.Fixed, l => "- " + Words(l.Trim()))}";

    private static string[] Lines(string code) => [.. code.Split('\n').Where(l => l.Trim().Length > 0)];

    private static string Each(string code, Func<string, string> write) => string.Join('\n', Lines(code).Select(write));

    private static string Middle(WrongProgram p) => Lines(p.Code)[Lines(p.Code).Length / 2];

    private static string[] MiddleThree(WrongProgram p) => [.. Lines(p.Code).Skip(Math.Max(0, Lines(p.Code).Length / 2 - 1)).Take(3)];

    private static string[] Added(WrongProgram p) => [.. LineDiff.Read(Lines(p.Code), Lines(p.Fixed)).SelectMany(c => c.Added)];

    private static (string, string)? OneLine(WrongProgram p) =>
        LineDiff.Read(Lines(p.Code), Lines(p.Fixed)) is [{ Removed: [var from], Added: [var to] }] ? (from.Trim(), to.Trim()) : null;

    private static List<string> Kept(WrongProgram p) =>
        [.. p.Context.RequiredNames, .. PythonLexer.Read(p.Exercise.Tests.Prelude).Where(t => t.Kind == PythonTokenKind.Name).Select(t => t.Text)];

    private static string Words(string line) => line
        .Replace("def ", "define a function ").Replace(".append(", " add (").Replace("==", " equals ").Replace("+=", " goes up by ")
        .Replace("=", " becomes ").Replace(":", "").Replace("return", "give back").Replace("range(len(", "each position of ((");
}
