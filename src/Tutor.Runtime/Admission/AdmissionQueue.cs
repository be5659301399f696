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
        if (courses.Count == 0) return null;
        var next = courses.MinBy(course => (turns.Of(course.Key), course.Key)).Value.Values.MinBy(hint => Rank.Of(hint, turns, now))!;
        Remove(next.Id);
        turns.Serve(next);
        return next;
    }

    /// <summary>All rows in the order they would be taken if nothing else came in.</summary>
    public IReadOnlyList<string> Order(long now)
    {
        var future = turns.Copy();
        var upcoming = new PriorityQueue<PriorityQueue<QueuedHint, Rank>, (long, string)>(courses.Select(course =>
            (new PriorityQueue<QueuedHint, Rank>(course.Value.Values.Select(hint => (hint, Rank.Of(hint, future, now)))), (future.Of(course.Key), course.Key))));
        var order = new List<string>(Count);
        while (upcoming.TryDequeue(out var waiting, out _))
        {
            var next = Dequeue(waiting, future, now);
            order.Add(next.Id);
            future.Serve(next);
            if (waiting.Count > 0) upcoming.Enqueue(waiting, (future.Of(next.CourseId), next.CourseId));
        }
        return order;
    }

    // Serving a student moves what else they have waiting back, never forward: a rank that has changed is put right when it comes up.
    private static QueuedHint Dequeue(PriorityQueue<QueuedHint, Rank> waiting, Turns turns, long now)
    {
        while (true)
        {
            waiting.TryDequeue(out var hint, out var then);
            var rank = Rank.Of(hint!, turns, now);
            if (rank == then) return hint!;
            waiting.Enqueue(hint!, rank);
        }
    }

    /// <summary>A row's place among those of its course; the lowest goes first.</summary>
    private readonly record struct Rank(long Worth, long Turn, long AskedAt, string Id) : IComparable<Rank>
    {
        public static Rank Of(QueuedHint hint, Turns turns, long now) =>
            new(hint.Priority - Math.Max(0, now - hint.AskedAt - PatienceMilliseconds) / MillisecondsPerPriority,
                turns.Of(hint.CourseId, hint.StudentId), hint.AskedAt, hint.Id);

        public int CompareTo(Rank other) =>
            (Worth, Turn, AskedAt).CompareTo((other.Worth, other.Turn, other.AskedAt)) is var order and not 0 ? order : string.CompareOrdinal(Id, other.Id);
    }

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
