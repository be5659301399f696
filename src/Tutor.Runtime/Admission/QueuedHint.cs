namespace Tutor.Runtime.Admission;

/// <summary>A row that waits to be worked on.</summary>
/// <param name="Priority">Which of the student's hints of the day in the course it is, from 1.</param>
/// <param name="AskedAt">Unix milliseconds.</param>
[GenerateSerializer, Immutable]
internal sealed record QueuedHint(
    [property: Id(0)] string Id, [property: Id(1)] string CourseId, [property: Id(2)] string StudentId,
    [property: Id(3)] int Priority, [property: Id(4)] long AskedAt);

/// <summary>The queue at one moment.</summary>
/// <param name="Ids">In the order they will be taken as things stand.</param>
/// <param name="SecondsEach">How long a slot is taken from one hint to the next, as <see cref="QueuePace"/> sees it.</param>
[GenerateSerializer, Immutable]
internal sealed record QueueSnapshot(
    [property: Id(0)] IReadOnlyList<string> Ids, [property: Id(1)] int Slots, [property: Id(2)] double SecondsEach)
{
    // Slots come free one after the other, not all at once.
    public TimeSpan WaitAt(int place) => TimeSpan.FromSeconds(place * SecondsEach / Slots);
}
