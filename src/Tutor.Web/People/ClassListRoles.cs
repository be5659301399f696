using System.Collections.Frozen;
using Tutor.Core.People;

namespace Tutor.Web.People;

/// <summary>What the roles in a cell of a class list are here. Platforms write several into one.</summary>
internal static class ClassListRoles
{
    private static readonly char[] between = [',', ';', '/', '|', '+', '&', '\n', '\r'];

    private static readonly FrozenDictionary<string, string> known = new Dictionary<string, string>
    {
        ["student"] = Role.Student, ["students"] = Role.Student, ["learner"] = Role.Student, ["participant"] = Role.Student, ["studentenrollment"] = Role.Student, ["auditor"] = Role.Student, ["teilnehmer"] = Role.Student,
        ["studierende"] = Role.Student, ["studentin"] = Role.Student, ["étudiant"] = Role.Student, ["estudiante"] = Role.Student,
        ["ta"] = Role.Ta, ["tas"] = Role.Ta, ["taenrollment"] = Role.Ta, ["teachingassistant"] = Role.Ta, ["assistant"] = Role.Ta, ["tutor"] = Role.Ta, ["noneditingteacher"] = Role.Ta, ["grader"] = Role.Ta, ["reader"] = Role.Ta, ["gsi"] = Role.Ta,
        ["instructor"] = Role.Instructor, ["teacher"] = Role.Instructor, ["teacherenrollment"] = Role.Instructor, ["lecturer"] = Role.Instructor, ["professor"] = Role.Instructor, ["editingteacher"] = Role.Instructor, ["faculty"] = Role.Instructor,
        ["dozent"] = Role.Instructor, ["dozentin"] = Role.Instructor, ["trainer"] = Role.Instructor, ["enseignant"] = Role.Instructor, ["profesor"] = Role.Instructor,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // They look on for somebody else: a child, a mentee, a department.
    private static readonly FrozenSet<string> onlookers =
        FrozenSet.ToFrozenSet(["observer", "observers", "observerenrollment", "mentor", "mentors", "parent", "guardian", "guest", "designer", "designerenrollment", "gast", "beobachter", "observateur", "observador", "invité", "invitado"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> none = FrozenSet.ToFrozenSet(["noroles", "norole", "none", "keinerollen", "aucunrôle", "sinroles"], StringComparer.Ordinal);

    /// <param name="Role">Null where the cell names no role.</param>
    /// <param name="Onlooker">Somebody with no place in a course here.</param>
    /// <param name="Unknown">A word that is no role; null where all are known.</param>
    public sealed record Cell(string? Role, bool Onlooker, string? Unknown);

    public static Cell Read(string text)
    {
        var words = Words(text).Where(word => !none.Contains(ClassListColumns.Letters(word))).ToList();
        var found = words.Select(word => known.GetValueOrDefault(ClassListColumns.Letters(word))).ToHashSet();
        var unknown = words.FirstOrDefault(word => ClassListColumns.Letters(word) is var letters && !known.ContainsKey(letters) && !onlookers.Contains(letters));
        // As with a launch: platforms name a TA an instructor too, so the narrower of the two decides.
        var role = found.Contains(Role.Ta) ? Role.Ta : found.Contains(Role.Instructor) ? Role.Instructor : found.Contains(Role.Student) ? Role.Student : null;
        return new(role, Onlooker: role is null && words.Count > 0 && unknown is null, unknown);
    }

    // "Teacher/TA" is two roles, but a known role may itself contain such a sign.
    private static string[] Words(string text) =>
        known.ContainsKey(ClassListColumns.Letters(text)) ? [text] : text.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
