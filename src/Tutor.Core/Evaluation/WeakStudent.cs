using Microsoft.Extensions.AI;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Guard.Reading;

namespace Tutor.Core.Evaluation;

/// <summary>Layer L7, for measuring and not for live hints: a model plays a weak student who repairs the program with and without the hint.</summary>
/// <remarks>
/// What no rule sees shows here: a hint after which even a weak student nearly always passes has said too much. The idea is
/// GPT4Hints-GPT3.5Val's (Phung et al., LAK 2024), turned round.
/// </remarks>
public sealed class WeakStudent(IChatClient model, EvidenceCollector evidence)
{
    private const float Temperature = 0.7f;
    private const int LongestAnswer = 800;

    private const string Role =
        "You are a beginner in the second week of a programming course. You change your program a little and hope. You reply with your whole program in one code block and nothing else.";

    /// <param name="repairs">Attempts with the hint, and as many without it.</param>
    /// <exception cref="Hints.ModelUnavailableException">No host answers.</exception>
    public async Task<WeakStudentScore> MeasureAsync(Exercise exercise, string work, string hint, int repairs, CancellationToken cancel)
    {
        int without = 0, with = 0;
        for (int i = 0; i < repairs; i++)
        {
            if (await RepairsAsync(exercise, work, null, i, cancel)) without++;
            if (await RepairsAsync(exercise, work, hint, i, cancel)) with++;
        }
        return new(repairs, without, with);
    }

    private async Task<bool> RepairsAsync(Exercise exercise, string work, string? hint, int seed, CancellationToken cancel)
    {
        string told = hint is null ? "" : $"\n\n# What your tutor said\n{hint}";
        var response = await model.GetResponseAsync(
            [new(ChatRole.System, Role), new(ChatRole.User, $"# Task\n{exercise.Task}\n\n# Your program, which is wrong\n```\n{work}\n```{told}\n\nWrite your next attempt.")],
            new ChatOptions { Temperature = Temperature, Seed = seed, MaxOutputTokens = LongestAnswer }, cancel);
        var blocks = HintText.Read(response.Text).CodeBlocks.Select(b => b.Content).ToList();
        return blocks.Count > 0 && (await evidence.CollectAsync(exercise, blocks.MaxBy(b => b.Length)!, cancel)).AllPassed;
    }
}

/// <summary>How often the weak student passed.</summary>
/// <param name="Repairs">Attempts of each kind.</param>
public sealed record WeakStudentScore(int Repairs, int PassedWithout, int PassedWith)
{
    /// <summary>What the hint adds to the share of attempts that pass, from -1 to 1.</summary>
    public double Leak => (double)(PassedWith - PassedWithout) / Repairs;
}
