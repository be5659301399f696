namespace Tutor.Core.Privacy;

/// <summary>Takes personal data out of what a model is about to read; it needs none of it to help.</summary>
public static class PromptMask
{
    /// <summary>The text with a word for its kind in the place of each, on the same lines. Names inside identifiers stay, so that programs stay readable.</summary>
    public static string Mask(string text, PersonalDataFinder finder, Roster roster, string? authorId, out int masked)
    {
        var found = finder.Find(text, roster, authorId).Where(f => !f.InIdentifier).ToList();
        masked = found.Count;
        return masked == 0 ? text : PersonalDataFinder.Replace(text, found, f => Word(f.Kind));
    }

    public static string Word(PersonalDataKind kind) => kind switch
    {
        PersonalDataKind.Name => "[name]",
        PersonalDataKind.Email => "[e-mail]",
        PersonalDataKind.Phone => "[phone]",
        PersonalDataKind.StudentId => "[student id]",
        PersonalDataKind.Address => "[address]",
        PersonalDataKind.Secret => "[key]",
        _ => "[number]",
    };
}
