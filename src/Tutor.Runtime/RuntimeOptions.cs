using System.ComponentModel.DataAnnotations;

namespace Tutor.Runtime;

/// <summary>Section <c>Runtime</c> of the settings.</summary>
public sealed class RuntimeOptions
{
    /// <summary>Hints worked on at once; more wait in the queue, fairly over courses and students. Unset follows the model hosts.</summary>
    [Range(1, 10_000)]
    public int? Slots { get; set; }

    /// <summary>How long a silent process keeps its hints before another may take them over.</summary>
    [Range(2, 600)]
    public int LeaseSeconds { get; set; } = 8;

    /// <summary>Milliseconds between two checkpoints of the text released so far.</summary>
    [Range(50, 60_000)]
    public int CheckpointMilliseconds { get; set; } = 1000;

    /// <summary>Milliseconds between two pieces of text sent to a page: 80 to 100 reads as a flow and costs ten renders a second.</summary>
    [Range(10, 2_000)]
    public int UpdateMilliseconds { get; set; } = 90;

    /// <summary>Attempts after which an interaction that keeps ending in an error is given up.</summary>
    [Range(1, 100)]
    public int MaxFailures { get; set; } = 3;

    /// <summary>Attempts after which an interaction is given up that takes its process down with it.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>Minutes after which an attempt that does not end is stopped and counted as failed.</summary>
    [Range(0.01, 1440)]
    public double MaxMinutes { get; set; } = 10;

    /// <summary>Requests a student may send at once in a course, and how many more each minute.</summary>
    [Range(1, 100_000)]
    public int AskBurst { get; set; } = 30;

    [Range(1, 100_000)]
    public int AsksPerMinute { get; set; } = 30;

    /// <summary>The same for a whole course.</summary>
    [Range(1, 1_000_000)]
    public int CourseAskBurst { get; set; } = 3_000;

    [Range(1, 1_000_000)]
    public int CourseAsksPerMinute { get; set; } = 3_000;

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
    internal TimeSpan UpdateInterval => TimeSpan.FromMilliseconds(UpdateMilliseconds);
}
