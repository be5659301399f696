using System.ComponentModel.DataAnnotations;

namespace Tutor.Web.SignIn.Sessions;

/// <summary>Section <c>Sessions</c> of the settings: how long sign-ins last, and how soon the end of one is noticed.</summary>
public sealed class SignInSessionOptions
{
    public const string Section = "Sessions";

    /// <summary>After this many days everybody signs in again, however often they come.</summary>
    [Range(1, 7)]
    public int Days { get; init; } = 7;

    /// <summary>How long pages, circuits and streams trust what they last read about a session or a token.</summary>
    [Range(1, 25)]
    public int CheckSeconds { get; init; } = 15;

    /// <summary>How often the directory is asked whether it still vouches for somebody who is here. 0 asks at sign-in alone.</summary>
    /// <remarks>Until an end is noticed everywhere: this, and twice <see cref="CheckSeconds"/>.</remarks>
    [Range(0, 3600)]
    public int DirectorySeconds { get; init; } = 25;

    /// <summary>The longest time after which what has ended is refused on every page, circuit and stream.</summary>
    public TimeSpan Noticed => TimeSpan.FromSeconds(DirectorySeconds + 2 * CheckSeconds);

    internal TimeSpan Check => TimeSpan.FromSeconds(CheckSeconds);
}
