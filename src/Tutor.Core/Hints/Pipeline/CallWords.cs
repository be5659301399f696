namespace Tutor.Core.Hints.Pipeline;

/// <summary>What staff read of a call to the model: who wrote, what went wrong at whom, and what was left out.</summary>
internal static class CallWords
{
    /// <param name="rest">What the call itself says.</param>
    public static string Of(CallRecord record, string rest) => string.Join(' ', record.Parts.Select(Of).Append(rest).Where(text => text.Length > 0));

    private static string Of(CallPart part, int index) => string.Concat(
        index == 0 ? "" : "Then ",
        part.Model.Length > 0 ? $"{part.Model} at {part.Host}." : $"{part.Host}.",
        part.Note.Length > 0 ? $" {part.Note}" : "",
        part.LeftOut > 0 ? $" Thoughts and control tokens of {part.LeftOut} characters are left out." : "",
        part.Estimated ? $" Its {part.Input} tokens in and {part.Output} out are an estimate." : "");
}
