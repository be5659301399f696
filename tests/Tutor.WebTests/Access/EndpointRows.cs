namespace Tutor.WebTests.Access;

/// <summary>Every endpoint of the portal and who gets an answer from it.</summary>
internal static class EndpointRows
{
    private const string Course = "/courses/" + Who.Wanted;
    private const string Exercise = "first-exercise";

    public static IReadOnlyList<EndpointRow> All { get; } =
    [
        Page("", Who.Members),
        Page("/requests", Who.Members),
        Page("/notes", Who.Members),
        new("GET,POST /courses/{Course}/exercises/{ExerciseId}", Who.Members, _ => $"{Course}/exercises/{Exercise}"),
        new("POST /courses/{course}/exercises/{exercise}/draft", Who.Members, _ => $"{Course}/exercises/{Exercise}/draft?window=w", Form: "known=0\nbody=\"x\""),
        Page("/escalations", Who.Staff),
        new("GET,POST /courses/{Course}/escalations/{Id}", Who.Staff, rows => $"{Course}/escalations/{rows.Escalation}"),
        Page("/interactions", Who.Staff),
        new("GET,POST /courses/{Course}/interactions/{Id}", Who.Staff, rows => $"{Course}/interactions/{rows.Interaction}"),
        Page("/flags", Who.Staff),
        Page("/flags/rules", Who.Staff),
        new("GET,POST /courses/{Course}/flags/{Id}", Who.Staff, rows => $"{Course}/flags/{rows.Flag}"),
        Page("/overview", Who.Staff),
        Page("/prompt", [Who.Instructor]),
        Page("/export", [Who.Instructor]),
        Page("/similarity", [Who.Instructor]),
        Page("/opened", [Who.Instructor]),
        Page("/people", [Who.Instructor]),
        Page("/limits", [Who.Instructor]),
        Page("/welfare", [Who.Contact]),

        new("GET /api/v1/courses", Who.SignedIn),
        new("GET /api/v1/courses/{course}/exercises", Who.Members, _ => $"/api/v1{Course}/exercises"),
        new("GET /api/v1/interactions/{id}", [Who.Author, .. Who.Staff], rows => $"/api/v1/interactions/{rows.Interaction}"),
        new("GET /api/v1/interactions/{id}/stream", [Who.Author, .. Who.Staff], rows => $"/api/v1/interactions/{rows.Interaction}/stream"),
        new("POST /api/v1/interactions/{id}/cancel", [Who.Author], rows => $"/api/v1/interactions/{rows.Running}/cancel"),
        new("POST /api/v1/interactions/{id}/rating", [Who.Author], rows => $"/api/v1/interactions/{rows.Interaction}/rating", Json: """{ "helped": true }"""),

        new("GET,POST /", Who.SignedIn),
        new("GET,POST /profile", Who.SignedIn),
        // For operators, whom the settings name.
        new("GET,POST /model-hosts", []),
        new("GET,POST /accounts", []),
        new("GET,POST /accounts/{PersonId}", [], _ => $"/accounts/{Who.Author.Id}"),
        new("GET,POST /not-found", Who.Everyone),
        new("GET,POST /error", Who.Everyone),
        new("GET,POST /signed-out", Who.Everyone),
        new("GET,POST /sign-in/refused", Who.Everyone),
        new("GET,POST /lti/refused", Who.Everyone),
        // Without a registration every launch is refused; Lti/LaunchTests tries the others.
        new("GET,POST /lti/login", []),
        new("POST /lti/launch", []),
        new("GET /lti/keys", Who.Everyone),
        new("GET /sign-in", []),
        new("POST /sign-out", []),
        new("GET,POST /sign-in/development", Who.Everyone),
        new("POST /sign-in/development", []),
        new("GET /health", Who.Everyone),
        new("GET /health/live", Who.Everyone),
        new("GET /health/ready", Who.Everyone),
        new("GET /health/model", Who.Everyone),
        new("GET /openapi/{documentName}.json", Who.Everyone, _ => "/openapi/v1.json"),

        // The last one: what it asks for is answered in the background, and that changes the database.
        new("POST /api/v1/courses/{course}/exercises/{exercise}/interactions", Who.Members, _ => $"/api/v1{Course}/exercises/{Exercise}/interactions",
            Json: """{ "clientKey": "matrix", "work": "print(1)" }"""),
    ];

    private static EndpointRow Page(string path, IReadOnlyList<Who> may) => new($"GET,POST /courses/{{Course}}{path}", may, _ => Course + path);
}
