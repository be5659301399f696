using Tutor.Core.People;

namespace Tutor.Data.People;

/// <summary>What importing a class list would change, and why it cannot be imported where it cannot.</summary>
public sealed record ClassListPlan
{
    public IReadOnlyList<ClassListRow> Added { get; private init; } = [];
    public IReadOnlyList<(ListedMember Before, string Role, string Section)> Changed { get; private init; } = [];

    /// <summary>Members whom the list leaves out. They stay unless they are ticked.</summary>
    public IReadOnlyList<ListedMember> Missing { get; private init; } = [];

    /// <summary>Members the list leaves out whose place Entra ID or a learning platform gives: it takes it away there.</summary>
    public int KeptElsewhere { get; private init; }
    public int Unchanged { get; private init; }
    public IReadOnlyList<ClassListProblem> Problems { get; private init; } = [];

    public bool ChangesNothing => Added.Count == 0 && Changed.Count == 0;

    public static ClassListPlan Of(IReadOnlyList<ClassListRow> rows, IReadOnlyList<ListedMember> members, Viewer viewer)
    {
        var byKey = members.Where(m => m.Key is not null).GroupBy(m => m.Key!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var added = new List<ClassListRow>();
        var changed = new List<(ListedMember, string, string)>();
        var problems = new List<ClassListProblem>();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!byKey.TryGetValue(row.Login, out var member))
            {
                added.Add(row);
                continue;
            }
            named.Add(member.PersonId);
            var (role, section) = (row.Role ?? member.Role, row.Section ?? member.Section);
            if (member.Role == Role.Welfare)
                problems.Add(new(row.Line, $"{member.Name} is this course's welfare contact and can have no other role in it. Delete the line."));
            else if (member.PersonId == viewer.PersonId && role != Role.Instructor)
                problems.Add(new(row.Line, "This line would take your own role of instructor away. Write instructor in it, or ask another instructor to import the list."));
            else if (role != member.Role || section != member.Section)
                changed.Add((member, role, section));
        }
        var left = members.Where(m => !named.Contains(m.PersonId) && m.Role != Role.Welfare && m.PersonId != viewer.PersonId).ToList();
        var missing = left.Where(m => m.Source is MembershipSource.Manual or MembershipSource.List).ToList();
        return new ClassListPlan
        {
            Added = added, Changed = changed, Problems = problems, Missing = missing, KeptElsewhere = left.Count - missing.Count,
            Unchanged = rows.Count - added.Count - changed.Count - problems.Count,
        };
    }
}

/// <summary>What an import did.</summary>
public sealed record ClassListResult(int Added, int Changed, int Removed);
