namespace Tutor.Core.People;

/// <summary>What one line of a class list says about a person.</summary>
/// <param name="Line">1-based line of the file, for messages.</param>
/// <param name="Login">The name they sign in with, lower case.</param>
/// <param name="Role">One of <see cref="People.Role"/>; null where the list does not say: a student, or what they are already.</param>
/// <param name="Section">Empty for none; null where the list does not say.</param>
public sealed record ClassListRow(int Line, string Login, string Name, string? Role, string? Section);

/// <summary>Why a line of a class list cannot be taken, and what to do about it.</summary>
public sealed record ClassListProblem(int Line, string Text);
