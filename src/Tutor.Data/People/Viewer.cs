namespace Tutor.Data.People;

/// <summary>Who asks. Statements join it to membership, so a row a person may not see is a row that is not there.</summary>
public sealed record Viewer(string PersonId);
