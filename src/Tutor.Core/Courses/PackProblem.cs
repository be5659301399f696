namespace Tutor.Core.Courses;

/// <summary>Something in a course pack that must be mended before the pack can be published.</summary>
/// <param name="File">Relative to the pack, with forward slashes.</param>
/// <param name="Line">Counted from 1; 1 where the file as a whole is meant.</param>
/// <param name="Message">What is wrong, a sentence.</param>
/// <param name="Fix">What to do about it, a sentence.</param>
public sealed record PackProblem(string File, int Line, string Message, string Fix)
{
    public override string ToString() => $"{File}:{Line}: {Message} {Fix}";
}

/// <summary>What reading a pack's folder gave: the pack, or everything that is wrong with it.</summary>
/// <param name="Pack">Null when there is any problem.</param>
public sealed record PackReading(CoursePack? Pack, IReadOnlyList<PackProblem> Problems);
