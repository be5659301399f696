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
        ["ModelHosts:Hosts:0:ThinksFirst"] = "false",
        ["ModelHosts:Hosts:0:Slots"] = slots.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The model file runs inside the portal.</summary>
    public static Dictionary<string, string> WithModel(this Dictionary<string, string> settings, string path) => new(settings)
    {
        ["Model:Path"] = path, ["Model:Threads"] = "1", ["Model:Slots"] = "2", ["Model:RequestTokens"] = "16384", ["Model:ContextTokens"] = "32768",
    };

    /// <summary>Answers come from model hosts at these addresses.</summary>
    public static Dictionary<string, string> WithModelHosts(this Dictionary<string, string> settings, string key, params Uri[] hosts)
    {
        // The host reads its prompt on the processors that the other tests use.
        var all = new Dictionary<string, string>(settings) { ["ModelHosts:FirstTokenSeconds"] = "120" };
        for (var i = 0; i < hosts.Length; i++)
        {
            all[$"ModelHosts:Hosts:{i}:Name"] = $"host-{i}";
            all[$"ModelHosts:Hosts:{i}:Url"] = hosts[i].ToString();
            all[$"ModelHosts:Hosts:{i}:ApiKey"] = key;
            all[$"ModelHosts:Hosts:{i}:ThinksFirst"] = "false";
            all[$"ModelHosts:Hosts:{i}:Slots"] = "2";
        }
        return all;
    }
}
