namespace Tutor.Tests.Shared;

/// <summary>A clock that stands until a test moves it.</summary>
internal sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public TestClock() : this(new DateTimeOffset(2027, 3, 15, 12, 0, 0, TimeSpan.Zero)) { }

    public void Advance(TimeSpan by) => now += by;

    public override DateTimeOffset GetUtcNow() => now;
}
