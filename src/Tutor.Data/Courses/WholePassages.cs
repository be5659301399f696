using Tutor.Core;
using Tutor.Core.Courses;
using Tutor.Core.Retrieval;

namespace Tutor.Data.Courses;

/// <summary>One passage per criterion and per material.</summary>
public static class WholePassages
{
    public static IReadOnlyList<Passage> Split(CoursePack pack, string versionId) =>
    [
        .. pack.Rubric.Select(criterion => new Passage
        {
            Id = TutorId.New(), CourseVersionId = versionId, Source = $"rubric/{criterion.Id}", Heading = criterion.Title,
            Text = string.Join("\n", [criterion.Description, .. criterion.Levels.Select(level => $"{level.Name}: {level.Description}")]),
            Audience = criterion.Audience, CriterionId = criterion.Id,
        }),
        .. pack.Materials.Select(material => new Passage
        {
            Id = TutorId.New(), CourseVersionId = versionId, Source = material.Path, Heading = material.Title, Text = material.Markdown,
            Audience = material.Audience,
        }),
    ];
}
