using Tutor.Core.Courses;

namespace Tutor.Data.Courses;

/// <summary>What importing a course's files did.</summary>
/// <param name="Published">The version students work with now.</param>
/// <param name="Changed">False when the files are those imported last, whatever was published since.</param>
public sealed record CourseImport(CourseVersion Published, bool Changed);

/// <summary>How a course's files stand to what the ledger has of them.</summary>
public enum ImportNeed { None, FirstTime, Changed }
