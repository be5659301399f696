namespace Tutor.Core.People;

/// <summary>What gave a person their place in a course, as stored. A source takes away only what it gave itself.</summary>
public static class MembershipSource
{
    /// <summary>Someone at the database or a course's files.</summary>
    public const string Manual = "manual";

    /// <summary>A class list an instructor imported. What it says holds against the sources below.</summary>
    public const string List = "list";

    /// <summary>App roles or groups of Entra ID, read at each sign-in.</summary>
    public const string Entra = "entra";

    /// <summary>A launch from a learning platform, or its list of names and roles.</summary>
    public const string Lti = "lti";
}
