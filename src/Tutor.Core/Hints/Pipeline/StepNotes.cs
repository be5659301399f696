using Tutor.Core.Interactions;

namespace Tutor.Core.Hints.Pipeline;

/// <summary>What a stage says about itself while it works; becomes a <see cref="Step"/>.</summary>
internal sealed class StepNotes
{
    public string State { get; set; } = "ok";
    public string Detail { get; set; } = "";
    public ModelUsage Usage { get; set; } = ModelUsage.None;
}

/// <summary>Tokens and price of one or more calls to a model.</summary>
/// <param name="CostMicro">Millionths of the price list's currency.</param>
internal sealed record ModelUsage(int Input, int Cached, int Output, long CostMicro)
{
    public static ModelUsage None { get; } = new(0, 0, 0, 0);

    /// <summary>Everything a call cost, at all of its hosts.</summary>
    public static ModelUsage Of(CallRecord record) =>
        record.Parts.Aggregate(None, (sum, part) => sum + new ModelUsage(part.Input, part.Cached, part.Output, part.CostMicro));

    public static ModelUsage operator +(ModelUsage a, ModelUsage b) =>
        new(a.Input + b.Input, a.Cached + b.Cached, a.Output + b.Output, a.CostMicro + b.CostMicro);
}
