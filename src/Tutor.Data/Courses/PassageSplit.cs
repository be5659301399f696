using Tutor.Core.Courses;
using Tutor.Core.Retrieval;

namespace Tutor.Data.Courses;

/// <summary>Cuts a pack into the passages of a version.</summary>
public delegate IReadOnlyList<Passage> PassageSplit(CoursePack pack, string versionId);
