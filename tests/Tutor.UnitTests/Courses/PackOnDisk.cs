using Tutor.Core.Courses;

namespace Tutor.UnitTests.Courses;

/// <summary>A small sound pack in a folder of its own, to be broken in one place.</summary>
internal sealed class PackOnDisk : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tutor-pack-").FullName;

    public PackOnDisk(string id = "small-course")
    {
        Folder = Path.Combine(_root, id);
        foreach (var (path, text) in Sound) Write(path, text);
    }

    public string Folder { get; }

    public PackOnDisk Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    public PackOnDisk WriteBytes(string path, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(Folder, path), bytes);
        return this;
    }

    public PackOnDisk Replace(string path, string old, string now)
    {
        var text = File.ReadAllText(Path.Combine(Folder, path));
        Assert.Contains(old, text, StringComparison.Ordinal);
        return Write(path, text.Replace(old, now, StringComparison.Ordinal));
    }

    public PackOnDisk Delete(string path)
    {
        File.Delete(Path.Combine(Folder, path));
        return this;
    }

    public PackReading Load() => CoursePackLoader.Load(Folder);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static readonly Dictionary<string, string> Sound = new()
    {
        ["course.yaml"] =
            """
            name: Small Course
            term: Spring 2027
            people:
              - { id: sam-student, name: Sam Student, role: student }
            policy: { highest-level: concept, attempt-first: true }
            quota: { hints-per-day: 7 }
            exercises: [average, thesis]
            """,
        ["prompt.md"] = "Be kind.\n",
        ["rubric.md"] =
            """
            # Rubric

            ## edge-cases: Thinks of the edges
            Works for an empty list.

            - **Strong**: every case
              is handled
            - **Weak**: some are not

            ## claim: Makes a claim
            <!-- exercises: thesis -->
            A thesis takes a position.

            - **Strong**: it can be argued against
            - **Weak**: it states a fact

            ## marks: How marks are given
            <!-- audience: staff -->
            Halves are possible.

            - **Full**: ten
            - **None**: zero
            """,
        ["materials/lists.md"] = "# Lists\n\nA list has items.\n",
        ["materials/answers.md"] = "<!-- audience: staff -->\n# Answers\n\nFor us.\n",
        ["exercises/average/exercise.md"] =
            """
            ---
            title: Average of a list
            kind: code
            language: python
            summary: One line.
            effort: 20 minutes
            due: 2027-03-01T23:59:00Z
            policy: { highest-level: nudge }
            ---
            Write `average(numbers)`.
            """,
        ["exercises/average/starter.py"] = "def average(numbers):\n    pass\n",
        ["exercises/average/reference.py"] = "def average(numbers):\n    return sum(numbers) / len(numbers) if numbers else None\n",
        ["exercises/average/reference-2.py"] = "def average(numbers):\n    if not numbers:\n        return None\n    return sum(numbers) / len(numbers)\n",
        ["exercises/average/tests.yaml"] =
            """
            prelude: |
              import math
            timeout: 1500
            tests:
              - id: two
                call: average([1, 2])
                expected: "1.5"
                tolerance: 0.000001
                public: true
              - id: empty-list
                call: average([])
                expected: "None"
                why: an empty list
              - id: text
                call: average("ab")
                raises: TypeError
                why: a text instead of a list
            rules:
              - id: no-statistics
                forbid: [statistics, mean]
                message: Write it without the statistics module.
            """,
        ["exercises/average/hints.yaml"] =
            """
            misconceptions:
              - id: forgets-empty
                title: Divides by the length without thinking of an empty list
                criterion: edge-cases
                signatures:
                  - { test: empty-list, exception: ZeroDivisionError }
                  - { code: 'range\(len\(\w+\)-1\)', code-without: 'if ' }
                  - { test: empty-list, actual: "0" }
                  - { rule: no-statistics }
                hints:
                  nudge: What is the average of nothing?
            otherwise: { nudge: "Look at {call}.", concept: An average is a sum over a count. }
            solved: { nudge: What would you test next? }
            """,
        ["exercises/thesis/exercise.md"] =
            """
            ---
            title: A thesis paragraph
            kind: writing
            words: { least: 120, most: 200 }
            ---
            Take a position.
            """,
        ["exercises/thesis/reference.md"] = "Cities should plant trees because shade lowers heat.\n",
        ["exercises/thesis/hints.yaml"] =
            """
            misconceptions:
              - id: no-position
                title: Describes instead of claiming
                criterion: claim
                signatures: [{ signal: no-thesis }]
                hints: { nudge: What do you want the reader to believe?, concept: A thesis can be argued against. }
            """,
    };
}
