namespace Tutor.WebTests.Access;

/// <summary>One endpoint as the matrix tries it.</summary>
/// <param name="Endpoint">Its methods and its pattern, as the running portal knows it.</param>
/// <param name="May">Who gets an answer; everyone else gets none and changes nothing.</param>
/// <param name="Address">Of the wanted course and its rows; null where the pattern has no parameter.</param>
/// <param name="Body">JSON, or form fields as name=value lines; null for none.</param>
internal sealed record EndpointRow(string Endpoint, IReadOnlyList<Who> May, Func<WantedRows, string>? Address = null, string? Json = null, string? Form = null)
{
    public string Method => Endpoint.Split(' ')[0].Split(',')[0];

    public string AddressIn(WantedRows rows) => Address?.Invoke(rows) ?? Endpoint.Split(' ')[1];
}

/// <summary>Ids of what there is in the wanted course.</summary>
internal sealed record WantedRows(string Interaction, string Running, string Escalation, string Flag);
