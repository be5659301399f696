using System.Globalization;
using System.Text;
using Tutor.Core.Interactions;

namespace Tutor.Runtime.Hints;

/// <summary>How long each field of a request may be and what may stand in it, in words for who sent it.</summary>
internal static class RequestFields
{
    public const int KeyLength = 100;
    public const int QuestionLength = SubmissionLimits.Question;
    public const int FileNameLength = 200;
    public const int ReasonLength = 1_000;

    public const int WorkLength = SubmissionLimits.Work;

    private const int IdLength = 200;
    private const int MostPastes = 100;

    /// <summary>A request as it may be stored: no field missing, and without what no database holds and nobody means to send.</summary>
    // Callers in other languages and the browser send null where C# says that nobody does.
    public static SubmitRequest Whole(SubmitRequest request) => request with
    {
        ClientKey = request.ClientKey ?? "", CourseId = request.CourseId ?? "", ExerciseId = request.ExerciseId ?? "", Kind = request.Kind ?? "",
        Work = (request.Work ?? "").WithoutBrokenCharacters(), Question = (request.Question ?? "").WithoutBrokenCharacters(), FileName = request.FileName?.WithoutBrokenCharacters(),
        Pastes = [.. (request.Pastes ?? []).Where(paste => paste is { Characters: >= 0 }).Take(MostPastes)],
    };

    /// <summary>A sentence that tells the sender what to do instead; null when every field is as it should be.</summary>
    public static string? Objection(SubmitRequest request) => request switch
    {
        _ when !IsKey(request.ClientKey) => $"The request needs a client key of 1 to {KeyLength} characters without control characters.",
        { Kind: not (InteractionKind.Hint or InteractionKind.FollowUp or InteractionKind.NextLevel) } =>
            $"Tutor knows no request of the kind \"{Start(request.Kind)}\". Use hint, follow_up or next_level.",
        { Work.Length: > WorkLength } => $"Your work has {Number(request.Work.Length)} characters; Tutor reads up to {Number(WorkLength)}. Send the part you are stuck on.",
        { Question.Length: > QuestionLength } =>
            $"Your question has {Number(request.Question.Length)} characters; Tutor reads up to {Number(QuestionLength)}. Please ask it more briefly.",
        { FileName.Length: > FileNameLength } =>
            $"The name of your file has {Number(request.FileName.Length)} characters; Tutor takes up to {FileNameLength}. Give it a shorter one, or leave it out.",
        _ when request.FileName?.Any(char.IsControl) == true => "The name of your file holds control characters. Give it a plain one, or leave it out.",
        { CourseId.Length: > IdLength } or { ExerciseId.Length: > IdLength } => $"No course and no exercise has an id of more than {IdLength} characters.",
        _ => null,
    };

    public static string? ReasonObjection(string? reason) => reason is { Length: > ReasonLength }
        ? $"Your reason has {Number(reason.Length)} characters; Tutor takes up to {Number(ReasonLength)}. Please say it more briefly."
        : null;

    public static bool IsKey(string key) => key.Length is > 0 and <= KeyLength && !key.Any(char.IsControl) && key == key.WithoutBrokenCharacters();

    /// <summary>Without NUL, which PostgreSQL cannot hold and no program or essay needs; halves of characters become U+FFFD.</summary>
    public static string WithoutBrokenCharacters(this string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) text = text.Replace("\0", "", StringComparison.Ordinal);
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return text;
        var whole = new StringBuilder(text.Length);
        // A half of a pair comes as U+FFFD.
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune);
        return whole.ToString();
    }

    private static string Start(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
