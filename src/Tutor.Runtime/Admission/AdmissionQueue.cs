namespace Tutor.Runtime.Admission;

/// <summary>Who is next: courses take turns, inside a course students do, and a first hint goes before a fifth.</summary>
/// <remarks>
/// A course that sends a hundred requests at once delays another course's next hint by one turn, not by a hundred.
/// Waiting counts: after a minute each ten seconds are worth one hint less, so nobody with many hints waits for ever.
/// </remarks>
internal sealed class AdmissionQueue
{
    private const long PatienceMilliseconds = 60_000;
    private const long MillisecondsPerPriority = 10_000;

    private readonly Dictionary<string, Dictionary<string, QueuedHint>> courses = [];
    private readonly Dictionary<string, string> courseOf = [];
    private Turns turns = new([], [], 0);

    public int Count => courseOf.Count;

    public IReadOnlyList<string> Ids => [.. courseOf.Keys];

    /// <summary>Adds a row; one that waits already stays as it is.</summary>
    public void Add(QueuedHint hint)
    {
        if (!courseOf.TryAdd(hint.Id, hint.CourseId)) return;
        if (!courses.TryGetValue(hint.CourseId, out var waiting)) courses[hint.CourseId] = waiting = [];
        waiting[hint.Id] = hint;
    }

    public bool Remove(string id)
    {
        if (!courseOf.Remove(id, out var course)) return false;
        courses[course].Remove(id);
        if (courses[course].Count == 0) courses.Remove(course);
        return true;
    }

    /// <param name="now">Unix milliseconds.</param>
    public QueuedHint? Take(long now)
    {
        var next = Next(courses, turns, now);
        if (next is null) return null;
        Remove(next.Id);
        turns.Serve(next);
        return next;
    }

    /// <summary>All rows in the order they would be taken if nothing else came in.</summary>
    public IReadOnlyList<string> Order(long now)
    {
        var left = courses.ToDictionary(course => course.Key, course => new Dictionary<string, QueuedHint>(course.Value));
        var future = turns.Copy();
        var order = new List<string>(Count);
        while (Next(left, future, now) is { } next)
        {
            order.Add(next.Id);
            future.Serve(next);
            left[next.CourseId].Remove(next.Id);
            if (left[next.CourseId].Count == 0) left.Remove(next.CourseId);
        }
        return order;
    }

    private static QueuedHint? Next(Dictionary<string, Dictionary<string, QueuedHint>> waiting, Turns turns, long now) =>
        waiting.Count == 0
            ? null
            : waiting.MinBy(course => (turns.Of(course.Key), course.Key)).Value.Values
                .MinBy(hint => (Worth(hint, now), turns.Of(hint.CourseId, hint.StudentId), hint.AskedAt, hint.Id));

    private static long Worth(QueuedHint hint, long now) =>
        hint.Priority - Math.Max(0, now - hint.AskedAt - PatienceMilliseconds) / MillisecondsPerPriority;

    /// <summary>When each course and student was last served, as a count of turns.</summary>
    private sealed class Turns(Dictionary<string, long> courses, Dictionary<(string, string), long> students, long count)
    {
        private long count = count;

        public long Of(string course) => courses.GetValueOrDefault(course);
        public long Of(string course, string student) => students.GetValueOrDefault((course, student));
        public Turns Copy() => new(new(courses), new(students), count);

        public void Serve(QueuedHint hint)
        {
            count++;
            courses[hint.CourseId] = count;
            students[(hint.CourseId, hint.StudentId)] = count;
        }
    }
}
