using Tutor.Data.People;
using Tutor.Web.Privacy;

namespace Tutor.Web.People;

/// <summary>The people of a course as a file that can be mended in a spreadsheet and imported again.</summary>
public static class ClassListFile
{
    public static byte[] Csv(IReadOnlyList<ListedMember> members) => ExportFiles.Write(writer =>
    {
        writer.WriteHeader(["login", "name", "role", "section"]);
        // A welfare contact is not of the class, and no list can make one.
        foreach (var member in members.Where(m => m.Role != Core.People.Role.Welfare))
            ExportFiles.Record(writer, member.Key ?? "", member.Name, member.Role, member.Section);
    });
}
