using System.Globalization;

namespace Tutor.WebTests.Load;

/// <summary>Twenty courses with a program to write and a text to write, in a temporary folder that a portal takes as its courses.</summary>
internal static class LoadCourses
{
    public const int Count = 20;
    public const int Students = 40;
    public const string Program = "total";
    public const string Text = "opinion";

    public static string Course(int number) => string.Create(CultureInfo.InvariantCulture, $"course-{number}");

    public static string Student(int course, int number) => string.Create(CultureInfo.InvariantCulture, $"student-{course}-{number}");

    public static string Write()
    {
        var folder = Directory.CreateTempSubdirectory("tutor-load-").FullName;
        for (var course = 0; course < Count; course++)
        {
            var pack = Path.Combine(folder, Course(course));
            Write(pack, "course.yaml",
                $"""
                name: Course {course}
                term: Test
                description: Load.
                people:
                {string.Concat(Enumerable.Range(0, Students).Select(n => $"  - {{ id: {Student(course, n)}, name: Student {course}-{n}, role: student }}\n"))}
                quota: {"{ hints-per-day: 1000 }"}
                exercises: [{Program}, {Text}]
                """);
            Write(pack, "prompt.md", $"You are the tutor of course {course}. Give a hint, never the answer.\n");
            Write(pack, "rubric.md", "# Rubric\n\n## clear: Says what it means\nA reader follows it at once.\n\n- **Strong**: clear throughout\n- **Weak**: hard to follow\n");
            var program = Path.Combine(pack, "exercises", Program);
            Write(program, "exercise.md", "---\ntitle: Total\nkind: code\nlanguage: python\nsummary: Add numbers up\n---\nWrite `total(numbers)`, which gives their sum.\n");
            Write(program, "reference.py", "def total(numbers):\n    answer = 0\n    for number in numbers:\n        answer += number\n    return answer\n");
            Write(program, "tests.yaml",
                "tests:\n  - { id: some, call: \"total([1, 2, 3])\", expected: \"6\", public: true }\n  - { id: none, call: \"total([])\", expected: \"0\", public: true }\n");
            Write(program, "hints.yaml", Hints("Run {call} in your head, one line at a time."));
            var text = Path.Combine(pack, "exercises", Text);
            Write(text, "exercise.md", "---\ntitle: Opinion\nkind: writing\nsummary: Say what you think\n---\nSay in a paragraph whether schools should start later, and why.\n");
            Write(text, "reference.md", "Schools should begin at nine, because tired pupils learn little; the timetable can move, sleep cannot.\n");
            Write(text, "hints.yaml", Hints("Which of your sentences could somebody disagree with?"));
        }
        return folder;
    }

    private static string Hints(string nudge) =>
        $"""
        otherwise:
          nudge: "{nudge}"
          concept: One thing after the other, each for a reason.
          location: Find the first place that surprises you.
          example: Take a small case and follow it by hand.
          pseudo-code: Say in words what must happen first, and what then.

        """;

    private static void Write(string folder, string name, string text)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), text);
    }
}
