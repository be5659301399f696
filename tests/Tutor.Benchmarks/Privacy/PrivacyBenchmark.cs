using Tutor.Core.Privacy;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Privacy;

namespace Tutor.Benchmarks.Privacy;

/// <summary>How much personal data is found, on our own classroom messages with a roster and on the Presidio set without one.</summary>
internal static class PrivacyBenchmark
{
    private const int Messages = 480;
    private static readonly PersonalDataFinder finder = new(new PrivacyOptions());

    public static Task RunAsync(string[] _)
    {
        Console.WriteLine("# Personal data\n\n`dotnet run -c Release --project tests/Tutor.Benchmarks -- privacy > tests/results/privacy.md`\n");
        var messages = new ClassroomMessages().Write(Messages);
        Console.WriteLine($"## {Messages} synthetic classroom messages, programs and notebooks, with the course's roster\n");
        var table = new Table("what", "places", "recall", "precision", "F2");
        void Add(string what, IEnumerable<LabelledMessage> of, params PersonalDataKind[] kinds) => table.Add(Row(what, PrivacyFigures.Of(of, finder, ClassroomNames.Roster, kinds)));
        Add("names", messages, PersonalDataKind.Name);
        foreach (var tradition in ClassroomNames.All.Select(a => a.Tradition).Distinct()) Add($"names, {tradition}", messages.Where(m => m.Tradition == tradition), PersonalDataKind.Name);
        Add("e-mail addresses", messages, PersonalDataKind.Email);
        Add("student ids", messages, PersonalDataKind.StudentId);
        Add("phone numbers", messages, PersonalDataKind.Phone);
        Add("everything", messages);
        Console.WriteLine(table);
        var harmless = messages.Count(m => m.Spans.Count == 0);
        Console.WriteLine($"In the {harmless} messages that name nobody, {PrivacyFigures.Invented(messages.Where(m => m.Spans.Count == 0), finder, ClassroomNames.Roster).Count()} places are taken for personal data.\n");

        if (SharedData.Folder is null)
        {
            Console.WriteLine(SharedData.Missing);
            return Task.CompletedTask;
        }

        Console.WriteLine("## The Presidio set (1,502 synthetic texts), without any roster\n");
        var presidio = PresidioSet.Read();
        PersonalDataKind[] sought = [PersonalDataKind.Name, PersonalDataKind.Email, PersonalDataKind.Phone, PersonalDataKind.Number, PersonalDataKind.Identifier];
        var published = new Table("", "places", "recall", "precision", "F2")
            .Add(Row("Tutor, every label of the set (places, organisations, ages, titles, dates too)", PrivacyFigures.Of(presidio, finder, Roster.Empty)))
            .Add(Row("Tutor, the kinds it looks for", PrivacyFigures.Of(presidio, finder, Roster.Empty, sought)));
        foreach (var kind in sought) published.Add(Row($"Tutor, {kind}", PrivacyFigures.Of(presidio, finder, Roster.Empty, kind)));
        published.Add("Presidio as it comes (published)", "", "0.603", "0.685", "0.618").Add("Presidio tuned (published)", "", "", "", "0.845");
        Console.WriteLine(published);
        Console.WriteLine("Without a roster Tutor finds names only where somebody is introduced, so that it leaves most of this set's names alone; in a course the roster knows them.");
        return Task.CompletedTask;
    }

    private static object[] Row(string what, PrivacyFigures f) => [what, f.Labelled, $"{f.Recall:0.000}", $"{f.Precision:0.000}", $"{f.F2:0.000}"];
}
