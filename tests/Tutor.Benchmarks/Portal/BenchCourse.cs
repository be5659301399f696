using System.Globalization;
using Tutor.Core.People;
using Tutor.Data;
using Tutor.Data.People;

namespace Tutor.Benchmarks.Portal;

/// <summary>A course pack with one text to write and many students.</summary>
internal sealed record BenchCourse(string Folder, int Students)
{
    public const string Id = "bench";
    public const string Exercise = "paragraph";

    public static async Task<BenchCourse> WriteAsync(int students)
    {
        var folder = Directory.CreateTempSubdirectory("tutor-bench-").FullName;
        var pack = Path.Combine(folder, Id);
        Directory.CreateDirectory(Path.Combine(pack, "exercises", Exercise));
        await File.WriteAllTextAsync(Path.Combine(pack, "course.yaml"),
            $$"""
            name: Benchmark
            term: None
            description: A course that is only measured.
            people: [{ id: {{Student(1)}}, name: Student 1, role: student }]
            policy: { highest-level: nudge, attempt-first: false }
            quota: { hints-per-day: 2000 }
            exercises: [{{Exercise}}]
            """);
        await File.WriteAllTextAsync(Path.Combine(pack, "prompt.md"), "You are a tutor. Give a hint, never the answer.\n");
        await File.WriteAllTextAsync(Path.Combine(pack, "rubric.md"),
            "# Rubric\n\n## thesis: A position\nThe text takes a position and gives its reason.\n\n- **Strong**: it can be argued with\n- **Weak**: there is none\n");
        var exercise = Path.Combine(pack, "exercises", Exercise);
        await File.WriteAllTextAsync(Path.Combine(exercise, "exercise.md"), "---\ntitle: Paragraph\nkind: writing\nsummary: A paragraph.\n---\nWrite a paragraph that takes a position.\n");
        await File.WriteAllTextAsync(Path.Combine(exercise, "reference.md"), "Towns should plant trees along every street, because shade keeps pavements cool in summer, although leaves must be swept.\n");
        await File.WriteAllTextAsync(Path.Combine(exercise, "hints.yaml"), "otherwise:\n  nudge: Read it aloud.\n");
        return new(folder, students);
    }

    public static string Student(int number) => $"student-{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Enrols the students in a running portal's database.</summary>
    public async Task EnrolAsync(Database database)
    {
        var people = new PersonStore(database, TimeProvider.System);
        for (var student = 1; student <= Students; student++)
        {
            await people.UpsertAsync(new Person { Id = Student(student), Name = $"Student {student}" }, default);
            await people.JoinAsync(Id, Student(student), Role.Student, default);
        }
    }
}
