using Tutor.Core.Courses;
using Tutor.Core.Flags;
using Tutor.Core.Flags.Harassment;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Core.Welfare;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Flags;
using Tutor.Tests.Shared.Welfare;

namespace Tutor.Benchmarks.Flags;

/// <summary>How often the rules for misuse and distress are right and wrong, on public sets and on a labelled set of our own.</summary>
internal static class FlagsBenchmark
{
    private static readonly MisuseScreen screen = new(TimeProvider.System);

    public static Task RunAsync(string[] _)
    {
        Console.WriteLine("# Flags\n\n`dotnet run -c Release --project tests/Tutor.Benchmarks -- flags > tests/results/flags.md`, on the sets of `../shared/data`.\n");
        if (SharedData.Folder is null)
        {
            Console.WriteLine(SharedData.Missing);
            return Task.CompletedTask;
        }

        Console.WriteLine("## Harmless texts that are flagged all the same\n\n" + Harmless());
        Console.WriteLine("## Attempts to turn the tutor against its instructions\n\n" + Attacks());
        Console.WriteLine("## Hate, by kind of sentence (HateCheck)\n\n" + Hate());
        Console.WriteLine("## Words of distress (own labelled set)\n\n" + Distress());
        Console.WriteLine("## Pasted assessment text\n\n" + Assessments());
        return Task.CompletedTask;
    }

    private static Table Harmless()
    {
        var table = new Table("set", "texts", "injection", "harassment", "solution-seeking", "off topic", "distress");
        foreach (var (name, texts) in new[]
        {
            ("NotInject", DataSets.Texts("benign_notinject")), ("CS1QA questions", DataSets.Texts("benign_cs1qa_questions")),
            ("XSTest, safe", DataSets.Texts("misuse_xstest", "safe")), ("deepset, benign", DataSets.Texts("misuse_deepset_injections", "benign")),
        })
        {
            var flags = texts.Select(t => screen.Screen(Ask(t)).Select(f => f.Category).ToHashSet()).ToList();
            string Share(string category) => Percent(flags.Count(f => f.Contains(category)), texts.Count);
            table.Add(name, texts.Count, Share(FlagCategory.Injection), Share(FlagCategory.Harassment), Share(FlagCategory.SolutionSeeking), Share(FlagCategory.OffTopic),
                Percent(texts.Count(t => DistressRule.Find(t, "", ExerciseKind.Code) is not null), texts.Count));
        }

        var works = DataSets.Works();
        var found = works.Select(w => screen.Screen(Hand(w)).Select(f => f.Category).ToHashSet()).ToList();
        string Of(string category) => Percent(found.Count(f => f.Contains(category)), works.Count);
        return table.Add("programs and answers handed in as work", works.Count, Of(FlagCategory.Injection), Of(FlagCategory.Harassment), Of(FlagCategory.SolutionSeeking), "-",
            Percent(works.Count(w => DistressRule.Find("", w, ExerciseKind.Code) is not null), works.Count));
    }

    private static Table Attacks()
    {
        var table = new Table("set", "where it stands", "texts", "flagged", "naive patterns");
        foreach (var (name, where, texts, naive) in new[]
        {
            ("deepset", "question", DataSets.Texts("misuse_deepset_injections", "injection"), "22.7 %"),
            ("Gandalf", "question", DataSets.Texts("misuse_gandalf", "injection"), "65.3 %"),
            ("JailbreakHub in the wild", "question", DataSets.Texts("misuse_jailbreakhub_wild", "jailbreak"), ""),
        })
        {
            var flagged = texts.Count(t => Injected(Ask(t)));
            table.Add(name, where, texts.Count, Percent(flagged, texts.Count), naive.Length > 0 ? $"{naive}, our list {Naive(texts)}" : $"our list {Naive(texts)}");
        }

        var embedded = DataSets.Texts("misuse_bipia_indirect", "injection");
        foreach (var (where, wrap) in EmbeddedAttack.Places)
            table.Add("BIPIA", where, embedded.Count, Percent(embedded.Count(t => Injected(wrap(t))), embedded.Count), $"0.0 %, our list {Naive(embedded)}");
        return table;
    }

    private static Table Hate()
    {
        var table = new Table("kind", "should be", "sentences", "right");
        var rows = DataSets.Rows("misuse_hatecheck").Select(r => (
            Kind: r.GetProperty("functionality").GetString()!, Hateful: r.GetProperty("label").GetString() == "hateful",
            Flagged: HarassmentRule.Find(VisibleText.Of(r.GetProperty("text").GetString()!), "question") is not null)).ToList();
        foreach (var kind in rows.GroupBy(r => (r.Kind, r.Hateful)).OrderBy(k => k.Key.Kind, StringComparer.Ordinal))
            table.Add(kind.Key.Kind, kind.Key.Hateful ? "flagged" : "left alone", kind.Count(), Percent(kind.Count(r => r.Flagged == r.Hateful), kind.Count()));
        table.Add("all hateful", "flagged", rows.Count(r => r.Hateful), Percent(rows.Count(r => r.Hateful && r.Flagged), rows.Count(r => r.Hateful)));
        table.Add("all others", "left alone", rows.Count(r => !r.Hateful), Percent(rows.Count(r => !r.Hateful && !r.Flagged), rows.Count(r => !r.Hateful)));
        return table.Add("all", "", rows.Count, Percent(rows.Count(r => r.Hateful == r.Flagged), rows.Count));
    }

    private static Table Distress() => new Table("messages", "n", "recognised")
        .Add("explicit", DistressMessages.Explicit.Count, Recognised(DistressMessages.Explicit))
        .Add("idioms", DistressMessages.Idioms.Count, Recognised(DistressMessages.Idioms))
        .Add("neutral", DistressMessages.Neutral.Count, Recognised(DistressMessages.Neutral));

    private static string Recognised(IReadOnlyList<string> messages) =>
        Percent(messages.Count(m => DistressRule.Find(m, "", ExerciseKind.Code) is not null), messages.Count);

    private static Table Assessments()
    {
        var set = AssessmentSet.Read();
        var table = new Table("text", "n", "flagged");
        foreach (var (name, texts) in set.Pasted) table.Add(name, texts.Count, Percent(texts.Count(set.IsFlagged), texts.Count));
        foreach (var (name, texts) in set.Others) table.Add(name, texts.Count, Percent(texts.Count(set.IsFlagged), texts.Count));
        return table;
    }

    private static HintRequest Ask(string question) => SampleRequest.Code("def total(numbers):\n    return 0\n", question);

    private static HintRequest Hand(string work) => SampleRequest.Code(work, "Why?");

    private static bool Injected(HintRequest request) => screen.Screen(request).Any(f => f.Category == FlagCategory.Injection);

    private static string Naive(IReadOnlyList<string> texts) => Percent(texts.Count(NaivePatterns.Find), texts.Count);

    private static string Percent(int part, int all) => $"{100.0 * part / Math.Max(1, all):0.0} %";
}
