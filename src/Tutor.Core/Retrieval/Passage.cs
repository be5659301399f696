using Tutor.Core.Courses;

namespace Tutor.Core.Retrieval;

/// <summary>A retrievable piece of rubric or material.</summary>
public sealed record Passage
{
    public required string Id { get; init; }
    public required string CourseVersionId { get; init; }

    /// <summary>Where it comes from: a pack path ("materials/loops.md") or "rubric/&lt;criterion id&gt;".</summary>
    public required string Source { get; init; }
    public required string Heading { get; init; }
    public required string Text { get; init; }
    public required Audience Audience { get; init; }

    /// <summary>Set when the passage is a rubric criterion.</summary>
    public string? CriterionId { get; init; }
}

/// <summary>A passage with its retrieval score; higher is better, scores compare only within one query.</summary>
public sealed record RankedPassage(Passage Passage, double Score);
