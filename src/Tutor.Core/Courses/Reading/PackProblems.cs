namespace Tutor.Core.Courses.Reading;

/// <summary>Collects problems, so that an author sees all of them at once.</summary>
internal sealed class PackProblems
{
    private readonly List<PackProblem> _found = [];

    public bool Any => _found.Count > 0;

    /// <summary>By file as first met, then by line.</summary>
    public IReadOnlyList<PackProblem> Sorted
    {
        get
        {
            var files = _found.Select(p => p.File).Distinct().ToList();
            return [.. _found.Distinct().OrderBy(p => files.IndexOf(p.File)).ThenBy(p => p.Line)];
        }
    }

    public void Add(string file, int line, string message, string fix) => _found.Add(new(file, line, message, fix));
}

/// <summary>One file of a pack with its text, or a part of it that starts further down.</summary>
/// <param name="Path">Relative to the pack, with forward slashes.</param>
/// <param name="FirstLine">The line of the file where <paramref name="Text"/> starts.</param>
internal sealed record PackText(string Path, string Text, PackProblems Problems, int FirstLine = 1)
{
    /// <param name="line">Counted from 1 within <see cref="Text"/>.</param>
    public void Problem(int line, string message, string fix) => Problems.Add(Path, FirstLine + line - 1, message, fix);
}
