using Tutor.Core.Hints;
using Tutor.Core.Hints.Pipeline;
using Tutor.Core.Interactions;

namespace Tutor.Core.Welfare;

/// <summary>What a student in distress gets instead of a hint: the institution's words and contacts, written by no model and counted by no quota.</summary>
public static class SupportReply
{
    public const string Reason = "This answer comes from your institution.";

    public static HintOutcome To(Distress distress, SupportOptions options) => new()
    {
        State = InteractionState.Done,
        Answer = Text(options),
        Writer = HintWriter.BuiltIn,
        WriterReason = Reason,
        Level = HintLevel.Nudge,
        Distress = distress,
    };

    private static string Text(SupportOptions options) => $"{options.Text.Trim()}\n\n{options.Contacts.Trim()}".Trim();
}
