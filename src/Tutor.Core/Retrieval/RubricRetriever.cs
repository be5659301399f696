using Tutor.Core.Courses;

namespace Tutor.Core.Retrieval;

/// <summary>Finds the rubric criteria and course passages that bear on a piece of work.</summary>
/// <remarks>Ranks by BM25; see <see cref="PassageIndex"/>.</remarks>
public sealed class RubricRetriever(PassageIndexes indexes)
{
    /// <param name="passages">What students may see of this version, filtered in SQL. Staff passages among them are left out
    /// all the same: a slip there must not end in a prompt.</param>
    /// <param name="exerciseId">Criteria of other exercises are left out.</param>
    /// <returns>At most <paramref name="count"/> passages, best first; empty when nothing bears on the query.</returns>
    public IReadOnlyList<RankedPassage> Retrieve(CourseVersion course, string exerciseId, IReadOnlyList<Passage> passages, string query, int count)
    {
        if (passages.Count == 0 || query.Length == 0) return [];

        var elsewhere = course.Pack.Rubric.Where(c => c.Exercises.Count > 0 && !c.Exercises.Contains(exerciseId)).Select(c => c.Id).ToHashSet();
        return [.. indexes.For(course.Id, passages).Search(query)
            .Where(r => r.Passage.Audience == Audience.Student && (r.Passage.CriterionId is null || !elsewhere.Contains(r.Passage.CriterionId)))
            .Take(count)];
    }
}
