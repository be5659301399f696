namespace Tutor.Web.Ui;

/// <summary>A span of a text to point at.</summary>
/// <param name="Start">First character, counted from 0.</param>
/// <param name="Title">What is said about it.</param>
public sealed record TextMark(int Start, int Length, string Title);
