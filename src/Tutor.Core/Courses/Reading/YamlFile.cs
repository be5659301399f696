using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Tutor.Core.Courses.Reading;

/// <summary>Reads a YAML text to its top mapping, keeping line numbers.</summary>
internal static class YamlFile
{
    // The reader of nodes recurses, so a file of ten thousand brackets would end the process; packs nest six deep.
    private const int DeepestNesting = 20;

    /// <param name="what">What the file is, for messages: "course.yaml".</param>
    /// <returns>Null, with a problem noted, when the text is no YAML mapping.</returns>
    public static YamlMap? Read(PackText file, string what)
    {
        try
        {
            if (!IsPlain(file)) return null;

            var stream = new YamlStream();
            stream.Load(new StringReader(file.Text));
            switch (stream.Documents)
            {
                case [{ RootNode: YamlMappingNode root }]: return new(root, file, what);
                case []: file.Problem(1, $"{what} is empty.", "Write at least its required keys."); break;
                case [var only]: file.Problem((int)only.RootNode.Start.Line, $"{what} must be a list of 'key: value' lines.", "Start each line with a key and a colon."); break;
                case [_, var second, ..]: file.Problem((int)second.RootNode.Start.Line, $"{what} holds more than one YAML document.", "Remove the line '---' between them."); break;
            }
        }
        catch (YamlException wrong)
        {
            Explain(file, wrong);
        }

        return null;
    }

    private static void Explain(PackText file, YamlException wrong)
    {
        // The library blames the start of the block; a tab is the usual cause and can be pointed at.
        var tab = Array.FindIndex(file.Text.Split('\n'), line => line.TrimStart(' ').StartsWith('\t')) + 1;
        if (tab >= wrong.Start.Line) file.Problem(tab, "This is not YAML: the line is indented with a tab.", "Use spaces.");
        else file.Problem((int)Math.Max(1, wrong.Start.Line), $"This is not YAML: {wrong.Message.TrimEnd('.')}.", "Check the indentation, and put quotes around values that hold ': ', ' #', brackets or quotes.");
    }

    private static bool IsPlain(PackText file)
    {
        var parser = new Parser(new StringReader(file.Text));
        var depth = 0;
        while (parser.MoveNext())
        {
            var line = (int)parser.Current!.Start.Line;
            depth += parser.Current.NestingIncrease;
            if (depth > DeepestNesting + 2)
            {
                file.Problem(line, $"The file nests more than {DeepestNesting} levels.", "Nothing in a course pack needs that; check the brackets.");
                return false;
            }

            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            {
                file.Problem(line, "Anchors (&name) and aliases (*name) are not read.", "Write the value out, or put quotes around text that starts with & or *.");
                return false;
            }
        }

        return true;
    }
}
