using Tutor.Core.Evidence;
using Tutor.Core.Retrieval;

namespace Tutor.Core.Hints.Prompting;

/// <summary>Composes the prompt for one hint.</summary>
/// <remarks>
/// What never changes within a course version stands first (see <see cref="SystemPrompt"/>), what the student wrote last and marked line
/// by line, and after it the task once more. Nothing secret goes in: no reference solution, no hidden test's call or values, nothing for
/// staff only. What is not there cannot leak.
/// </remarks>
public static class HintComposer
{
    /// <param name="work">As given, without personal data; so is the question.</param>
    /// <param name="passages">Best first.</param>
    /// <param name="level">The level to write at, as the policy allows it.</param>
    /// <param name="solutionOpen">The policy lets the solution be discussed now.</param>
    public static ComposedPrompt Compose(HintRequest request, string work, string question, RunEvidence evidence, IReadOnlyList<RankedPassage> passages, HintLevel level, bool solutionOpen = false)
    {
        var course = request.Course;
        var marks = LineMarks.New([work, question, .. request.Thread.SelectMany(t => (string[])[t.Question, t.Answer])]);
        var parts = new PromptParts(request, work, question, [.. passages.Select(p => p.Passage)], EvidenceText.Lines(evidence), marks, level, solutionOpen);
        var system = SystemPrompt.For(course);
        var budget = course.Pack.Model.MaxPromptTokens - TokenEstimate.Of(system);
        var dropped = new List<string>();
        var user = parts.Write();
        while (TokenEstimate.Of(user) > budget && parts.DropOne(LineOf(evidence)) is { } what)
        {
            dropped.Add(what);
            user = parts.Write();
        }

        var tokens = TokenEstimate.Of(system) + TokenEstimate.Of(user);
        return new ComposedPrompt
        {
            Messages = [new("system", system), new("user", user)],
            Marks = marks,
            Secrets = [marks.Boundary, SystemPrompt.CanaryOf(course), .. SystemPrompt.EchoesOf(course)],
            Passages = parts.Passages,
            EstimatedTokens = tokens,
            Detail = Detail(tokens, course.Pack.Model.MaxPromptTokens, dropped),
        };
    }

    private static int? LineOf(RunEvidence evidence) => evidence.Line ?? evidence.RuleBreaks.Select(r => (int?)r.Line).FirstOrDefault() ?? evidence.ForStudent().FirstFailure?.Line;

    private static string Detail(int tokens, int budget, List<string> dropped)
    {
        var size = $"About {tokens} tokens of {budget}";
        var left = string.Join(", ", dropped.GroupBy(d => d).Select(d => d.Count() == 1 ? d.Key : $"{d.Count()} times {d.Key}"));
        return $"{size}{(left.Length == 0 ? "; everything found room." : $"; no room for {left}.")}{(tokens > budget ? " It is still over the budget." : "")}";
    }
}
