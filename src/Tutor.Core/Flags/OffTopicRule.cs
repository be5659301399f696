using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Core.Retrieval;

namespace Tutor.Core.Flags;

/// <summary>Marks a question that shares no word with the course, the exercise, the work or learning at all.</summary>
/// <remarks>Conservative: six telling words and not one in common. A short question ("why?") is never off topic.</remarks>
internal static partial class OffTopicRule
{
    private const string Id = "off-topic-no-shared-word";
    private const int Version = 1;
    private const int LeastWords = 6;

    // What students say about any exercise.
    private static readonly FrozenSet<string> Learning = SearchWords.Of(
        "answer argument ask assignment bug call change check class code coding column command compile computer condition correct crash data debug define "
        + "different display draft editor element error essay evidence example exercise expect explain fail file fix format function global grade help hint "
        + "homework idea import incorrect indent index input integer key lab lecture length letter lesson line list logic loop make mean method mistake module name "
        + "number object output paragraph parameter parse pass picture point print problem program python question read result return rewrite right row run score "
        + "sentence solution source statement step string stuck submit syntax table task teacher test text thesis topic translate try tutor type understand "
        + "value variable video while word int float tuple quote draw show put think know tell condition layer work write wrong").ToFrozenSet();

    public static FlagFinding? Find(HintRequest request, VisibleText question)
    {
        var words = SearchWords.Of(question.Text).Distinct().ToList();
        if (words.Count < LeastWords || words.Any(Learning.Contains) || LooksLikeCode().IsMatch(question.Text)) return null;

        var known = SearchWords.Of(string.Join('\n', Texts(request))).ToHashSet();
        if (words.Any(known.Contains)) return null;

        var (start, quote) = question.InOriginal(0, question.Text.Length);
        return new FlagFinding(FlagCategory.OffTopic, Id, Version, FlagSeverity.Info, "question", start, quote,
            "The question shares no word with the course, the exercise or the work.")
        {
            Threshold = $"{LeastWords} telling words and none in common",
        };
    }

    // Names with an underscore or a call, a comparison, "task1": words of this course, whatever they are.
    [GeneratedRegex(@"\w_\w|\w\(|[=<>]|\p{L}\d|^[^\S\n]*(?:if|for|while|def|return|print)\b", RegexOptions.Multiline | RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex LooksLikeCode();

    private static IEnumerable<string> Texts(HintRequest request)
    {
        var exercise = request.Exercise;
        var pack = request.Course.Pack;
        IEnumerable<string> own = [exercise.Title, exercise.Summary, exercise.Task, exercise.Starter, request.Work, pack.Name, pack.Description];
        return own.Concat(request.Passages.SelectMany(p => (string[])[p.Heading, p.Text]))
            .Concat(pack.Exercises.Select(e => e.Title))
            .Concat(request.Thread.SelectMany(t => (string[])[t.Question, t.Answer]));
    }
}
