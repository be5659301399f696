using System.Text.RegularExpressions;
using Tutor.Core.Guard.Reading;
using Tutor.Core.Hints;

namespace Tutor.Core.Guard.Layers;

/// <summary>For texts: a passage the student could paste, or words of the model answer.</summary>
internal sealed partial class ReadyTextLayer : ILeakLayer
{
    /// <summary>Longest passage that may be offered, in words that are not the student's.</summary>
    private const int PassageWords = 12;

    /// <summary>Shortest run of words that tells a model answer from chance.</summary>
    private const int ModelAnswerRun = 8;

    /// <summary>Shortest run of words that counts as the student's own.</summary>
    private const int OwnRun = 4;

    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<EarlierCode> earlier, KnownWork work, GuardLimits limits)
    {
        var context = work.Context;
        var known = TextWords.Runs(TextWords.Of(context.StudentText), OwnRun);
        known.UnionWith(TextWords.Runs(TextWords.Of(context.Task), OwnRun));

        foreach (string passage in Passages(hint.Hint))
        {
            string[] words = TextWords.Of(passage);
            int foreign = words.Length - CoveredBy(known, words);
            if (foreign > PassageWords && !IsUnrelatedExample(words, context))
                yield return new(LeakLayer.ReadyText, passage, $"A passage with {foreign} words that are not the student's, ready to paste.");
        }

        string[] all = TextWords.Of(hint.Hint.Text);
        var own = TextWords.Runs(TextWords.Of(context.StudentText), ModelAnswerRun);
        own.UnionWith(TextWords.Runs(TextWords.Of(context.Task), ModelAnswerRun));
        var answers = context.References.SelectMany(r => TextWords.Runs(TextWords.Of(r), ModelAnswerRun)).Where(r => !own.Contains(r)).ToHashSet();
        if (TextWords.Windows(all, ModelAnswerRun).FirstOrDefault(answers.Contains) is { } run)
            yield return new(LeakLayer.ReadyText, run, $"{ModelAnswerRun} or more words in a row from the model answer.");
    }

    private static IEnumerable<string> Passages(HintText hint) =>
        hint.Parts.Where(p => p.Kind != HintPartKind.Prose).Select(p => p.Content)
            .Concat(Quoted().Matches(hint.Text).Select(m => m.Value))
            .Concat(Offered().Matches(hint.Text).Select(m => m.Groups["text"].Value));

    /// <summary>From the level "example" on, a worked passage about something else is what was asked for.</summary>
    private static bool IsUnrelatedExample(string[] passage, GuardContext context)
    {
        if (context.AllowedLevel < HintLevel.Example) return false;
        string[] content = [.. passage.Where(IsContent)];
        var topic = TextWords.Of(context.StudentText).Concat(TextWords.Of(context.Task)).Concat(context.References.SelectMany(TextWords.Of)).Where(IsContent).ToHashSet();
        return content.Count(topic.Contains) * 4 < content.Length;
    }

    private static bool IsContent(string word) => word.Length >= 6 && word is not ("although" or "because" or "before" or "should" or "through" or "without" or "another" or "people" or "between" or "while");

    private static int CoveredBy(HashSet<string> known, string[] words)
    {
        var covered = new bool[words.Length];
        for (int i = 0; i + OwnRun <= words.Length; i++)
            if (known.Contains(string.Join(' ', words, i, OwnRun))) covered.AsSpan(i, OwnRun).Fill(true);
        return covered.Count(c => c);
    }

    // A quotation never closed reaches to the end of its paragraph.
    [GeneratedRegex("(?s)“.+?(?:”|\\n\\s*\\n|$)|«.+?(?:»|\\n\\s*\\n|$)|(?<!\\w)\"\\S.*?(?:\"(?!\\w)|\\n\\s*\\n|$)|‘.+?(?:’(?!\\w)|\\n\\s*\\n|$)", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Quoted();

    // "You could write: …", "For example: …"; a question after it is a tutor's own.
    [GeneratedRegex(@"(?i)\b(?:(?:could|can|might|should|would|may|try|by)\s+(?:\w+\s+){0,2}?(?:write|writing|say|saying|put|begin|start|starting|open|read|use|using)|for example|like this|instead|better|improved|revised|rewritten|rewrite|version)\b[^.:!?\n]{0,40}:[ *_]*\n*(?<text>[^\n]+(?<!\?\s*))(?=\n|$)", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Offered();
}
