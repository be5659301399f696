using Tutor.Runtime.Admission;

namespace Tutor.UnitTests.Runtime.Admission;

public sealed class QueuePaceTests
{
    private readonly QueuePace pace = new();
    private long now;

    [Fact]
    public void Before_anybody_waited_the_pace_is_what_hints_took()
    {
        for (var i = 0; i < 100; i++) pace.NoteHint(TimeSpan.FromSeconds(8));

        Assert.Equal(2, pace.SecondsBetween(slots: 4), 0.01);
    }

    [Fact]
    public void A_queue_that_moves_more_slowly_than_hints_take_is_believed()
    {
        for (var i = 0; i < 100; i++) pace.NoteHint(TimeSpan.FromSeconds(1));

        Move(rows: 60, every: 2000);

        Assert.Equal(2, pace.SecondsBetween(slots: 4), 0.6);
    }

    [Fact]
    public void After_a_quarter_of_a_minute_a_new_pace_counts_more_than_the_old()
    {
        Move(rows: 100, every: 500);
        Move(rows: 150, every: 100);

        Assert.InRange(pace.SecondsBetween(slots: 4), 0.1, 0.2);
    }

    [Fact]
    public void Time_in_which_nobody_waits_does_not_count()
    {
        Move(rows: 50, every: 1000);
        var before = pace.SecondsBetween(slots: 4);

        pace.Note(now, took: 0, waiting: false);
        now += 3_600_000;
        pace.Note(now, took: 0, waiting: true);

        Assert.Equal(before, pace.SecondsBetween(slots: 4));
    }

    [Fact]
    public void Rows_taken_at_once_because_slots_were_free_say_nothing()
    {
        for (var i = 0; i < 40; i++) pace.Note(now, took: 1, waiting: false);

        Assert.Equal(3.0 / 4, pace.SecondsBetween(slots: 4));
    }

    private void Move(int rows, int every)
    {
        pace.Note(now, took: 0, waiting: true);
        for (var i = 0; i < rows; i++) pace.Note(now += every, took: 1, waiting: true);
    }
}
