namespace Tutor.Core.Privacy;

/// <summary>Kinds of personal data that Tutor recognises.</summary>
public enum PersonalDataKind { Name, Email, Phone, StudentId, Address, Identifier, Secret, Number }

/// <summary>One place of a text that says who somebody is.</summary>
/// <param name="Start">In UTF-16 code units.</param>
/// <param name="PersonId">Whom of the roster it names; null where it is a pattern and no one known.</param>
public sealed record PersonalData(PersonalDataKind Kind, int Start, int Length, string? PersonId = null)
{
    /// <summary>A name that is a part of an identifier of a program: replacing it changes what the program is called, so prompts keep it.</summary>
    public bool InIdentifier { get; init; }
    public int End => Start + Length;
}
