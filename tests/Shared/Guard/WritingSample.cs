using System.Text.Json;
using System.Text.RegularExpressions;
using Tutor.Core.Courses;
using Tutor.Core.Guard;
using Tutor.Core.Hints;

namespace Tutor.Tests.Shared.Guard;

/// <summary>A student's answer in sentences, with the question and the model answer: real ones of the Mohler set (2011).</summary>
internal sealed record WrittenAnswer(string Id, GuardContext Context, string Sentence, string[] ModelAnswer);

/// <summary>A kind of feedback on a text, and whether it should be held back.</summary>
internal sealed record FeedbackKind(string Name, bool IsLeak, Func<WrittenAnswer, string> Write);

/// <summary>Feedback that helps and feedback that writes the answer, on real answers.</summary>
internal static partial class WritingSample
{
    private const int LeastWords = 9;

    // Words that make a rewrite of any sentence: what matters to the guard is how many stay.
    private static readonly string[] Others = ["certain", "given", "main", "often", "useful", "various"];

    public static IReadOnlyList<FeedbackKind> Kinds { get; } =
    [
        new("quotes the student", false, a => $"You write “{a.Sentence}” Which word of the question does this answer, and which does it leave out?"),
        new("quotes in a block", false, a => $"Read this aloud:\n\n> {a.Sentence}\n\nWhat would a reader ask next?"),
        new("speaks about it", false, a => $"Your sentence that begins with “{string.Join(' ', a.Sentence.Split(' ').Take(4))}” says what happens but not why. What is the reason, and for whom does it matter?"),
        new("asks in general", false, _ => "Which part of the question have you answered, and which not? Name one case in which your answer would be wrong, and say what is different there."),
        new("eight words of the model answer", true, a => $"You should mention: {string.Join(' ', a.ModelAnswer.Take(8))}."),
        new("the model answer in talk", true, a => $"Think of it as {string.Join(' ', a.ModelAnswer)}, and then say it in your own way."),
        new("the sentence, every fourth word changed", true, a => $"Better: {Rewritten(a.Sentence, 4)}"),
        new("the sentence, every third word changed", true, a => $"It could read “{Rewritten(a.Sentence, 3)}”"),
        new("the sentence, shortened", true, a => $"Shorter: {string.Join(' ', a.Sentence.Split(' ').Where((_, i) => i % 5 != 4))}"),
        new("a new passage to paste", true, a => $"You could write: “{string.Join(' ', Enumerable.Range(0, 14).Select(i => Others[(i + a.Sentence.Length) % Others.Length]))}.”"),
    ];

    public static IReadOnlyList<WrittenAnswer> Read(int count)
    {
        var answers = SharedData.Lines("writing_mohler_cs_short_answers.jsonl").Select(l => JsonDocument.Parse(l).RootElement).Select(Read).OfType<WrittenAnswer>().ToList();
        return [.. Enumerable.Range(0, Math.Min(count, answers.Count)).Select(i => answers[i * answers.Count / Math.Min(count, answers.Count)])];
    }

    private static WrittenAnswer? Read(JsonElement row)
    {
        string text = Text(row, "student_answer"), reference = Text(row, "reference_answer"), question = Text(row, "question");
        string? sentence = SentenceEnd().Split(text).Select(s => s.Trim()).Where(s => s.EndsWith('.')).MaxBy(s => s.Split(' ').Length);
        string[] model = [.. Word().Matches(reference).Select(m => m.Value)];
        if (sentence is null || Word().Count(sentence) < LeastWords || model.Length < LeastWords) return null;
        // A student who already has the model answer's words cannot be given them.
        string run = string.Join(' ', model.Take(8)).ToLowerInvariant();
        if (string.Join(' ', Word().Matches(text).Select(m => m.Value)).Contains(run, StringComparison.OrdinalIgnoreCase)) return null;
        return new(Text(row, "id"), new GuardContext
        {
            Kind = ExerciseKind.Writing, StudentText = text, Task = question, References = [reference], AllowedLevel = HintLevel.Location,
        }, sentence, model);
    }

    private static string Rewritten(string sentence, int every) => string.Join(' ', sentence.Split(' ').Select((w, i) => i % every == every - 1 ? Others[i % Others.Length] : w));

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*")]
    private static partial Regex Word();
}
