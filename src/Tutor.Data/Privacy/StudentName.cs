using Tutor.Core.Privacy.Export;

namespace Tutor.Data.Privacy;

/// <summary>A student as staff read them.</summary>
/// <param name="Alias">The pseudonym, by which pages and addresses name the student.</param>
/// <param name="Shown">"Student" and the pseudonym, or the name once it was revealed.</param>
public sealed record StudentName(string Alias, string Shown, bool Revealed);

/// <summary>What one viewer may call the students of one course.</summary>
internal sealed class ShownNames(Pseudonyms pseudonyms, IReadOnlyDictionary<string, string> revealed)
{
    public StudentName Of(string studentId)
    {
        var alias = pseudonyms.ShortOf(studentId);
        return revealed.TryGetValue(studentId, out var name) ? new StudentName(alias, name, true) : new StudentName(alias, $"Student {alias}", false);
    }
}
