namespace Tutor.Runtime.Admission;

/// <summary>How fast a queue moves: what was seen of it lately and, where that is little, what hints took before anybody had to wait.</summary>
/// <remarks>
/// What a hint takes does not tell it alone: hosts write more slowly when all their slots are taken, and a busy machine leaves time
/// between one hint and the next. Rows taken and time passed are counted while rows wait, both halved every <see cref="HalfLife"/>.
/// </remarks>
internal sealed class QueuePace
{
    private const double HalfLife = 15;
    // What hints took counts as much as seeing so many rows taken.
    private const double Prior = 4;

    private double taken, seconds, secondsEach = 3;
    private long at;
    private bool waited;

    /// <summary>Word of what the queue did since the last word.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="took">Rows taken.</param>
    /// <param name="waiting">Whether rows still wait.</param>
    public void Note(long now, int took, bool waiting)
    {
        if (waited)
        {
            var passed = Math.Max(0, now - at) / 1000.0;
            var kept = Math.Pow(0.5, passed / HalfLife);
            taken = taken * kept + took;
            seconds = seconds * kept + passed;
        }
        (at, waited) = (now, waiting);
    }

    /// <summary>Word of what one hint took, from its start to its end.</summary>
    // Follows a change of the model's speed within some ten hints, without jumping at each.
    public void NoteHint(TimeSpan took) => secondsEach += 0.1 * (took.TotalSeconds - secondsEach);

    /// <summary>Seconds from one row taken to the next.</summary>
    public double SecondsBetween(int slots) => (seconds + Prior * secondsEach / slots) / (taken + Prior);
}
