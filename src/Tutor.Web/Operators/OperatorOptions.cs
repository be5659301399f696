namespace Tutor.Web.Operators;

/// <summary>Section <c>Operators</c> of the settings: who runs this installation. Being one shows nothing of any course.</summary>
public sealed class OperatorOptions
{
    public const string Section = "Operators";

    /// <summary>Ids as the profile page shows them. Not e-mail addresses, which are given to other people in time.</summary>
    public IList<string> People { get; } = [];
}
