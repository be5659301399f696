using System.Globalization;

namespace Tutor.WebTests.Portal;

/// <summary>Settings of a portal under test, as environment variables would give them.</summary>
public static class PortalSettings
{
    public static Dictionary<string, string> Courses(string folder) => new() { ["Courses:Path"] = folder };

    public static Dictionary<string, string> WithModelHost(this Dictionary<string, string> settings, Uri url, int slots) => new(settings)
    {
        ["ModelHosts:Hosts:0:Name"] = "scripted",
        ["ModelHosts:Hosts:0:Url"] = url.ToString(),
        ["ModelHosts:Hosts:0:Model"] = "scripted",
        ["ModelHosts:Hosts:0:Slots"] = slots.ToString(CultureInfo.InvariantCulture),
    };
}
