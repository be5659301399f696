namespace Tutor.Core.Interactions;

/// <summary>States of an interaction as stored: queued → running → done | refused | failed | cancelled.</summary>
public static class InteractionState
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Done = "done";
    public const string Refused = "refused";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    public static bool IsOpen(string state) => state is Queued or Running;
}

/// <summary>What the student asks for.</summary>
public static class InteractionKind
{
    /// <summary>A hint on the work as it stands now.</summary>
    public const string Hint = "hint";

    /// <summary>A question about the last hint.</summary>
    public const string FollowUp = "follow_up";

    /// <summary>The next level of help on the same difficulty.</summary>
    public const string NextLevel = "next_level";
}

/// <summary>Who wrote a hint.</summary>
public static class HintWriter
{
    public const string Model = "model";

    /// <summary>The instructor, in the exercise's ladder.</summary>
    public const string Ladder = "ladder";

    /// <summary>Nobody of the course: words that come with Tutor or from the institution.</summary>
    public const string BuiltIn = "built-in";
}
