using Microsoft.AspNetCore.Components;
using Tutor.Web.Ui;

namespace Tutor.Web.Student.Workspace;

/// <summary>A question about a hint while it is written: it outlives the hint's panel and a reload of the page.</summary>
/// <param name="Problem">Why the last thing asked for from this hint was not sent.</param>
public sealed record FollowUpForm(
    string Text, DraftField Draft, string? Problem, EventCallback<string> TextChanged, EventCallback OnTypingBegun, EventCallback<string> OnSend);
