using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Tutor.Tests.Shared;

namespace Tutor.WebTests.Access;

/// <summary>Every endpoint the running portal has, tried as everyone.</summary>
public sealed class EndpointMatrixTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_answers_those_it_is_for_and_tells_others_nothing_and_changes_nothing()
    {
        await using var portal = new WantedPortal();
        using var http = portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        await portal.SeedAsync(Cancel);
        var mistakes = new List<string>();

        foreach (var row in EndpointRows.All)
            foreach (var who in Who.Everyone.OrderBy(who => row.May.Contains(who)))
                foreach (var method in row.Endpoint.Split(' ')[0].Split(','))
                    mistakes.AddRange(await TryAsync(portal, http, row, method, who));

        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
    }

    [Fact]
    public async Task Every_endpoint_has_a_row_in_the_matrix()
    {
        await using var portal = new WantedPortal();
        var rows = EndpointRows.All.Select(row => row.Endpoint).ToHashSet();
        var endpoints = portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => !IsOfTheFramework(e)).Select(Name).ToHashSet();

        Assert.True(endpoints.Count > 20, "The portal has endpoints.");
        Assert.Empty(endpoints.Except(rows).Select(name => $"{name}: add a row to EndpointRows that says who gets an answer from it"));
        Assert.Empty(rows.Except(endpoints).Select(name => $"{name}: there is no such endpoint any more; remove its row"));
    }

    private static async Task<IReadOnlyList<string>> TryAsync(WantedPortal portal, HttpClient http, EndpointRow row, string method, Who who)
    {
        var may = row.May.Contains(who);
        // A look by people of the course is noted, whatever came of it.
        string[] without = Who.Members.Contains(who) ? ["audit"] : [];
        var before = may ? "" : await StateAsync(portal, without);
        using var response = await portal.SendAsync(http, row, method, who, Cancel);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        var name = $"{method} {row.AddressIn(portal.Rows)} as {(who == Who.Nobody ? "nobody" : who.Id)}";
        var mistakes = new List<string>();
        // A page answers POST only to a form of its own, so what it is for is tried with GET.
        if (method == row.Method && response.IsSuccessStatusCode != may) mistakes.Add($"{name}: {(int)response.StatusCode}");
        if (!may && response.IsSuccessStatusCode) mistakes.Add($"{name}: got an answer");
        if (!Who.Members.Contains(who) && body.Contains(WantedPortal.Mark, StringComparison.OrdinalIgnoreCase))
            mistakes.Add($"{name}: reads what belongs to the course");
        if (!may && await StateAsync(portal, without) != before) mistakes.Add($"{name}: changed the database");
        return mistakes;
    }

    // What the portal writes by itself some time after its start is no request's doing: the search, and since when somebody has no course.
    private static readonly string[] byItself =
    [
        "dp_key", "api_token.last_used_at", "session.seen_at", "person.courseless_since", "interaction_search", "interaction_search_config",
        "interaction_search_content", "interaction_search_data", "interaction_search_docsize", "interaction_search_idx",
    ];

    private static Task<string> StateAsync(WantedPortal portal, string[] without) => TableState.OfAsync(portal.Database, Cancel, [.. byItself, .. without]);

    // Scripts and styles, and the door through which circuits come: a circuit asks the stores like any page, and UnitTests/Data/Access tries those.
    private static bool IsOfTheFramework(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        || endpoint.RoutePattern.RawText is { } text && (text.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal) || text.TrimStart('/').StartsWith("_framework", StringComparison.Ordinal))
        // Development only: a script or style that came into its folder after the start.
        || endpoint.RoutePattern.RawText == "{**path:file}";

    private static string Name(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return $"{string.Join(',', methods.Order(StringComparer.Ordinal))} /{endpoint.RoutePattern.RawText?.TrimStart('/')}";
    }
}
