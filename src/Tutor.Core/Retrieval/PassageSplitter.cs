using System.Security.Cryptography;
using System.Text;
using Tutor.Core.Courses;
using Tutor.Core.Courses.Reading;

namespace Tutor.Core.Retrieval;

/// <summary>Cuts a pack's rubric and materials into the passages that retrieval works with.</summary>
/// <remarks>A criterion is one passage. Materials are cut at headings into about 80 to 250 words: shorter ones lack the words to be
/// found by, longer ones crowd the prompt. Code blocks and lists are never cut through.</remarks>
public static class PassageSplitter
{
    private const int LeastWords = 80;
    private const int MostWords = 250;

    /// <returns>Rubric first, then materials, in the pack's order. The same version always gives the same ids; two versions never share one.</returns>
    public static IReadOnlyList<Passage> Split(CoursePack pack, string courseVersionId)
    {
        var pieces = pack.Rubric.Select(FromCriterion).Concat(pack.Materials.SelectMany(FromMaterial));
        return [.. pieces.Select((p, i) => p with { CourseVersionId = courseVersionId, Id = IdOf(courseVersionId, p.Source, i) })];
    }

    private static string IdOf(string versionId, string source, int position) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{versionId}\n{source}\n{position}")))[..32];

    private static Passage FromCriterion(Criterion criterion)
    {
        var levels = string.Join('\n', criterion.Levels.Select(l => $"- **{l.Name}**: {l.Description}"));
        return Draft($"rubric/{criterion.Id}", criterion.Title, $"{criterion.Description}\n\n{levels}", criterion.Audience) with { CriterionId = criterion.Id };
    }

    private static IEnumerable<Passage> FromMaterial(Material material)
    {
        var waiting = new List<(string Heading, string Text)>();
        foreach (var section in MarkdownLines.Split(material.Markdown, level => level <= 3))
        {
            var heading = section.Level <= 1 ? material.Title : $"{material.Title}: {section.Heading}";
            foreach (var text in Pack(Blocks(section.Body)))
            {
                waiting.Add((heading, text));
                if (waiting.Sum(w => Words(w.Text)) < LeastWords) continue;
                yield return Join(material, waiting);
                waiting.Clear();
            }
        }

        if (waiting.Count > 0) yield return Join(material, waiting);
    }

    /// <summary>Small neighbours become one passage under the first one's heading; the others' headings stay visible in the text.</summary>
    private static Passage Join(Material material, List<(string Heading, string Text)> parts)
    {
        var heading = parts[0].Heading;
        var text = new StringBuilder(parts[0].Text);
        for (var i = 1; i < parts.Count; i++)
        {
            text.Append("\n\n");
            if (parts[i].Heading != parts[i - 1].Heading) text.Append("**").Append(parts[i].Heading[(material.Title.Length + 2)..]).Append("**\n\n");
            text.Append(parts[i].Text);
        }

        return Draft(material.Path, heading, text.ToString(), material.Audience);
    }

    /// <summary>Fills passages with whole blocks up to the limit, and spreads what is left so that no passage is a scrap.</summary>
    private static IEnumerable<string> Pack(IReadOnlyList<string> blocks)
    {
        var left = blocks.Sum(Words);
        var (words, part) = (0, new List<string>());
        foreach (var block in blocks)
        {
            var size = Words(block);
            var goal = left / Math.Ceiling(left / (double)MostWords);
            if (part.Count > 0 && (words + size > MostWords || words + (size / 2.0) > goal))
            {
                yield return string.Join("\n\n", part);
                left -= words;
                (words, part) = (0, []);
            }

            part.Add(block);
            words += size;
        }

        if (part.Count > 0) yield return string.Join("\n\n", part);
    }

    /// <summary>Paragraphs, lists and code blocks.</summary>
    private static List<string> Blocks(IReadOnlyList<string> lines)
    {
        var blocks = new List<string>();
        var block = new List<string>();
        string? fence = null;
        foreach (var line in lines)
        {
            fence = MarkdownLines.FenceAfter(line, fence);
            if (fence is null && line.Trim().Length == 0) Finish();
            else block.Add(line.TrimEnd());
        }

        Finish();
        return blocks;

        void Finish()
        {
            if (block.Count > 0) blocks.Add(string.Join('\n', block));
            block.Clear();
        }
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static Passage Draft(string source, string heading, string text, Audience audience) =>
        new() { Id = "", CourseVersionId = "", Source = source, Heading = heading, Text = text.Trim(), Audience = audience };
}
