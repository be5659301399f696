using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tutor.UnitTests.Web.Ui;

public sealed partial class IconTests
{
    [Fact]
    public void Every_icon_a_page_names_is_in_the_sprite()
    {
        var web = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../../src/Tutor.Web"));
        var sprite = JsonSerializer.Deserialize<HashSet<string>>(File.ReadAllText(Path.Combine(web, "Assets/icons.json")))!;

        var named = Directory.EnumerateFiles(web, "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => IconName().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)).ToHashSet();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(sprite));
    }

    [GeneratedRegex("""<Icon Name="(?<name>[a-z0-9-]+)"|(?:Icon|IconName)="(?<name>[a-z0-9-]+)" """)]
    private static partial Regex IconName();

    private static string Here([CallerFilePath] string path = "") => path;
}
