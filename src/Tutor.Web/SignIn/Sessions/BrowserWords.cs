namespace Tutor.Web.SignIn.Sessions;

/// <summary>A browser in words its owner knows, from a header that names half a dozen others for old times' sake.</summary>
public static class BrowserWords
{
    // In this order: Edge calls itself Chrome, and Chrome calls itself Safari.
    private static readonly (string Mark, string Name)[] browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        var (browser, system) = (Find(browsers, userAgent), Find(systems, userAgent));
        return browser is null ? system ?? "Unknown browser" : system is null ? browser : $"{browser} on {system}";
    }

    private static string? Find((string Mark, string Name)[] known, string text) => known.FirstOrDefault(one => text.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
