namespace Tutor.Core.Hints.Pipeline;

/// <summary>Section <c>Support</c>: what a student in distress reads.</summary>
public sealed record SupportOptions
{
    public const string Section = "Support";

    /// <summary>Markdown.</summary>
    public string Text { get; init; } =
        "What you wrote sounds very heavy, and it matters more than this exercise. I am a program and not the right one to carry it with you, but you do not have to carry it "
        + "alone. Please talk to someone today: a friend, someone in your family, your teacher or a counsellor. If you may be in danger now, call your local emergency number. "
        + "Trained people listen at any hour; https://findahelpline.com lists them by country. Your work is saved and can wait.";

    /// <summary>The institution's own contacts, Markdown.</summary>
    public string Contacts { get; init; } = "";
}
