using System.Diagnostics;
using Tutor.Core.Interactions;

namespace Tutor.Runtime.Telemetry;

/// <summary>A trace of each attempt: a root span and one for each step of the pipeline, with ids and figures and no text of a student.</summary>
public static class HintTraces
{
    /// <summary>Name of the activity source.</summary>
    public const string SourceName = "tutor";
    public const string Interaction = "interaction";

    internal static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Adds the steps an attempt recorded below its span; each is known only when it has ended.</summary>
    internal static void Steps(Activity? attempt, IReadOnlyList<Step> steps)
    {
        if (attempt is null) return;
        foreach (var step in steps)
        {
            using var span = Source.StartActivity(
                step.Name, ActivityKind.Internal, attempt.Context, startTime: DateTimeOffset.FromUnixTimeMilliseconds(step.StartedAt));
            span?.SetTag("tutor.step.state", step.State);
            span?.SetEndTime(DateTimeOffset.FromUnixTimeMilliseconds(step.EndedAt).UtcDateTime);
        }
    }
}
