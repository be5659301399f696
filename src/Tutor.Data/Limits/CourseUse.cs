namespace Tutor.Data.Limits;

/// <summary>What a course has used today, from midnight of the course's own time.</summary>
/// <param name="Tokens">Read and written by models for hints asked today.</param>
/// <param name="TokensPerDay">The budget; null where there is none.</param>
/// <param name="Students">A page of those who asked today, most hints first; or the one looked for.</param>
/// <param name="Asked">How many asked today.</param>
public sealed record CourseUse(long Tokens, long? TokensPerDay, IReadOnlyList<StudentUse> Students, int Asked);
