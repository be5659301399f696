using System.Diagnostics.CodeAnalysis;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Privacy;
using Tutor.Core.Privacy.Export;
using Tutor.Data.People;

namespace Tutor.Data.Privacy;

/// <summary>A student as staff read them.</summary>
/// <param name="Alias">The pseudonym, by which pages and addresses name the student.</param>
/// <param name="Shown">"Student" and the pseudonym, or the name once it was revealed.</param>
public sealed record StudentName(string Alias, string Shown, bool Revealed);

/// <summary>What one viewer may call the students of one course, and what they may read of their texts.</summary>
internal sealed class ShownNames(Viewer viewer, Pseudonyms pseudonyms, IReadOnlyDictionary<string, string> revealed, PersonalDataFinder finder, Roster roster)
{
    public StudentName Of(string studentId)
    {
        var alias = pseudonyms.ShortOf(studentId);
        return revealed.TryGetValue(studentId, out var name) ? new StudentName(alias, name, true) : new StudentName(alias, $"Student {alias}", false);
    }

    /// <summary>A text as this viewer may read it: as a model would, but for what belongs to people whose names they asked for.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Text(string? text, string authorId) => Replace(text, authorId, place => !place.InIdentifier && !MayRead(place, authorId));

    /// <summary>A text that is read without its author: no name asked for earlier opens it.</summary>
    public string Nameless(string text, string authorId) => Replace(text, authorId, place => !place.InIdentifier)!;

    /// <summary>A file's name is not a program: names are taken out of its parts too.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public string? FileName(string? name, string authorId) => Replace(name, authorId, place => !MayRead(place, authorId));

    public RunEvidence? Evidence(RunEvidence? evidence, string authorId) => evidence is null ? null : evidence with
    {
        ExceptionMessage = Text(evidence.ExceptionMessage, authorId),
        Results = [.. evidence.Results.Select(result => result with { Actual = Text(result.Actual, authorId), ExceptionMessage = Text(result.ExceptionMessage, authorId) })],
    };

    public IReadOnlyList<BasisItem> Basis(IEnumerable<BasisItem> basis, string authorId) => [.. basis.Select(item => item with { Text = Text(item.Text, authorId) })];

    private string? Replace(string? text, string authorId, Func<PersonalData, bool> hidden)
    {
        if (string.IsNullOrEmpty(text) || authorId == viewer.PersonId) return text;
        var found = finder.Find(text, roster, authorId).Where(hidden).ToList();
        return found.Count == 0 ? text : PersonalDataFinder.Replace(text, found, place => PromptMask.Word(place.Kind));
    }

    private bool MayRead(PersonalData place, string authorId) => revealed.ContainsKey(place.PersonId ?? authorId);
}
