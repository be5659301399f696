using System.Net;
using System.Text.RegularExpressions;

namespace Tutor.WebTests.SignIn.Provider;

/// <summary>A browser as far as a sign-in needs one: keeps cookies, follows redirects, and submits a form that submits itself.</summary>
public sealed partial class SignInClient(TestAuthority authority, Uri portal) : IDisposable
{
    private readonly CookieContainer cookies = new();
    private HttpClient? http;

    private HttpClient Http => http ??= new HttpClient(authority.Handler(cookies));

    /// <summary>Changes the form on its way from the provider back to the portal.</summary>
    public Func<Dictionary<string, string>, Dictionary<string, string>> Returning { get; init; } = form => form;

    public CookieContainer Cookies => cookies;

    /// <summary>Asks for a page and goes nowhere else.</summary>
    public async Task<HttpResponseMessage> AskAsync(string address, CancellationToken cancel) => await Http.GetAsync(new Uri(portal, address), cancel);

    /// <summary>Presses the button to sign out.</summary>
    public async Task SignOutAsync(CancellationToken cancel)
    {
        var token = Token().Match(await Http.GetStringAsync(new Uri(portal, "/profile"), cancel)).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(portal, "/sign-out")) { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]) };
        request.Headers.Add("Origin", portal.GetLeftPart(UriPartial.Authority));
        using var response = await Http.SendAsync(request, cancel);
        if (response.Headers.Location?.ToString().EndsWith("/signed-out", StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"The sign-out was answered with {response.StatusCode}.");
    }

    /// <summary>Whether the portal has let this browser in.</summary>
    public bool IsSignedIn => cookies.GetCookies(portal)["tutor"] is not null;

    /// <summary>Goes to a page and through every door on the way.</summary>
    public async Task<Landing> VisitAsync(string address, CancellationToken cancel) =>
        await FollowAsync(await Http.GetAsync(new Uri(portal, address), cancel), cancel);

    /// <summary>Submits a form to a page, as another site can make a browser do.</summary>
    public async Task<Landing> PostAsync(string address, Dictionary<string, string> fields, CancellationToken cancel)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await FollowAsync(await Http.PostAsync(new Uri(portal, address), form, cancel), cancel);
    }

    public void Dispose() => http?.Dispose();

    private async Task<Landing> FollowAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        for (var steps = 0; steps < 15; steps++)
        {
            var here = response.RequestMessage!.RequestUri!;
            if (response.Headers.Location is { } next)
            {
                response.Dispose();
                response = await Http.GetAsync(new Uri(here, next), cancel);
                continue;
            }
            var page = await response.Content.ReadAsStringAsync(cancel);
            if (here.Authority == portal.Authority || FormAction().Match(page) is not { Success: true } action)
            {
                using (response)
                    return new Landing(here, response.StatusCode, page);
            }
            var fields = HiddenField().Matches(page).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
            response.Dispose();
            using var form = new FormUrlEncodedContent(Returning(fields));
            response = await Http.PostAsync(new Uri(WebUtility.HtmlDecode(action.Groups[1].Value)), form, cancel);
        }
        throw new InvalidOperationException("The sign-in goes round in circles.");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input[^>]* name=\"([^\"]+)\"[^>]* value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}

/// <summary>Where a visit ended.</summary>
public sealed record Landing(Uri Address, HttpStatusCode Status, string Page);
