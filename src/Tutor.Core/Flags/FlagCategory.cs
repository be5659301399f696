namespace Tutor.Core.Flags;

/// <summary>Categories of flags, as stored.</summary>
public static class FlagCategory
{
    public const string SolutionSeeking = "solution-seeking";
    public const string AnswerFishing = "answer-fishing";
    public const string Injection = "injection";
    public const string OffTopic = "off-topic";
    public const string Harassment = "harassment";

    /// <summary>Text of a closed assessment that the instructor registered.</summary>
    public const string AssessmentText = "assessment-text";
    public const string RateAbuse = "rate-abuse";

    /// <summary>A program that holds the tests' answers.</summary>
    public const string AnswerTable = "answer-table";

    public static IReadOnlyList<string> All { get; } = [SolutionSeeking, AnswerFishing, Injection, OffTopic, Harassment, AssessmentText, RateAbuse, AnswerTable];
}
