namespace Tutor.Core.Flags;

/// <summary>Categories of flags, as stored.</summary>
public static class FlagCategory
{
    public const string SolutionSeeking = "solution-seeking";
    public const string AnswerFishing = "answer-fishing";
    public const string Injection = "injection";
    public const string OffTopic = "off-topic";

    /// <summary>A student may be in distress. Never misuse: kept apart from every list of misuse.</summary>
    public const string Welfare = "welfare";
}
