using Tutor.Core.Courses;

namespace Tutor.Data.Courses;

/// <summary>A row of <c>course_version</c>, its pack still JSON.</summary>
internal sealed record VersionRow
{
    public required string Id { get; init; }
    public required string CourseId { get; init; }
    public required int Number { get; init; }
    public required string Hash { get; init; }
    public required string Note { get; init; }
    public string? AuthorId { get; init; }
    public required string Pack { get; init; }
    public required long CreatedAt { get; init; }

    public CourseVersion Parse() => new()
    {
        Id = Id, CourseId = CourseId, Number = Number, Hash = Hash, Note = Note, AuthorId = AuthorId, CreatedAt = CreatedAt,
        Pack = LedgerJson.Read<CoursePack>(Pack) ?? throw new InvalidOperationException($"Course version {Id} holds no pack."),
    };
}
