using Tutor.Runtime.Admission;

namespace Tutor.UnitTests.Runtime.Admission;

public sealed class AdmissionQueueTests
{
    private readonly AdmissionQueue queue = new();

    [Fact]
    public void Courses_take_turns_whatever_each_has_waiting()
    {
        Add("a1 a2 a3 a4", course: "a", student: "ann");
        Add("b1", course: "b", student: "bob");
        Add("c1 c2", course: "c", student: "cem");

        Assert.Equal("a1 b1 c1 a2 c2 a3 a4", Taken());
    }

    [Fact]
    public void Students_of_a_course_take_turns()
    {
        Add("x1 x2 x3", student: "xi");
        Add("y1 y2", student: "yun");

        Assert.Equal("x1 y1 x2 y2 x3", Taken());
    }

    [Fact]
    public void A_first_hint_of_the_day_goes_before_a_fifth()
    {
        Add("fifth", student: "ann", priority: 5, askedAt: 1);
        Add("first", student: "bob", priority: 1, askedAt: 2);

        Assert.Equal("first fifth", Taken());
    }

    [Fact]
    public void Waiting_long_makes_up_for_many_hints()
    {
        Add("patient", student: "ann", priority: 5, askedAt: 0);
        Add("new", student: "bob", priority: 1, askedAt: 119_000);

        // Patience is a minute, then ten seconds make up for one hint: 5 - 6 is less than 1.
        Assert.Equal("patient new", Taken(now: 120_000));
    }

    [Fact]
    public void A_student_just_served_lets_another_go_first()
    {
        Add("a1", student: "ann");
        queue.Take(now: 10);
        Add("a2", student: "ann", askedAt: 1);
        Add("b1", student: "bob", askedAt: 2);

        Assert.Equal("b1 a2", Taken());
    }

    [Fact]
    public void The_order_shown_is_the_order_taken()
    {
        var random = new Random(4);
        for (var i = 0; i < 200; i++)
            Add($"h{i}", $"course-{random.Next(6)}", $"student-{random.Next(20)}", random.Next(1, 9), random.Next(100_000));

        var shown = string.Join(' ', queue.Order(now: 100_000));

        Assert.Equal(shown, Taken(now: 100_000));
    }

    [Fact]
    public void What_is_added_twice_is_taken_once_and_what_is_removed_is_not_taken()
    {
        Add("a a b c");
        queue.Remove("b");

        Assert.Equal("a c", Taken());
        Assert.Equal(0, queue.Count);
    }

    private void Add(string ids, string course = "a", string student = "ann", int priority = 1, long askedAt = 0)
    {
        foreach (var id in ids.Split(' ')) queue.Add(new QueuedHint(id, course, student, priority, askedAt));
    }

    private string Taken(long now = 1000)
    {
        var taken = new List<string>();
        while (queue.Take(now) is { } hint) taken.Add(hint.Id);
        return string.Join(' ', taken);
    }
}
