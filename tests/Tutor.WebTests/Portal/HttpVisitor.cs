using System.Net;
using System.Text.RegularExpressions;

namespace Tutor.WebTests.Portal;

/// <summary>A browser without a browser: cookies, and the header that says where a form comes from.</summary>
public static partial class HttpVisitor
{
    /// <summary>Signs in through the development sign-in.</summary>
    public static async Task<(HttpClient Http, CookieContainer Cookies)> SignInAsync(Uri portal, string person, CancellationToken cancel)
    {
        var cookies = new CookieContainer();
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = portal };
        http.DefaultRequestHeaders.Add("Origin", portal.GetLeftPart(UriPartial.Authority));
        var page = await http.GetStringAsync(new Uri("sign-in/development", UriKind.Relative), cancel);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["person"] = person, ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value });
        using var response = await http.PostAsync(new Uri("sign-in/development", UriKind.Relative), form, cancel);
        Assert.True(response.IsSuccessStatusCode, $"{person} could not sign in: {response.StatusCode}");
        return (http, cookies);
    }

    [GeneratedRegex(@"name=""__RequestVerificationToken"" value=""([^""]+)""")]
    private static partial Regex Token();
}
