using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Tutor.Core.Hints.Prompting;

/// <summary>The marks that tell a model which lines of a prompt are the student's: a random tag and the line's number.</summary>
/// <remarks>Fresh for every prompt, so that no student can know them. The text stays readable, unlike with encodings that change it
/// (Hines et al. 2024, arXiv 2403.14720, "spotlighting").</remarks>
public sealed class LineMarks
{
    // No vowels and digits between letters: the tag is no word of any text.
    private const string Letters = "bcdfghjkmnpqrstvwxz";
    private const string Digits = "23456789";

    private LineMarks(string tag, string boundary) => (Tag, Boundary) = (tag, boundary);

    /// <summary>Four characters before each line's number.</summary>
    public string Tag { get; }

    /// <summary>128 random bits in hexadecimal, before and after each text of the student's.</summary>
    public string Boundary { get; }

    /// <summary>Marks that occur in none of the texts.</summary>
    public static LineMarks New(params IEnumerable<string> texts)
    {
        var all = string.Join('\n', texts);
        while (true)
        {
            var tag = RandomNumberGenerator.GetString(Letters, 1) + RandomNumberGenerator.GetString(Digits, 1)
                + RandomNumberGenerator.GetString(Letters, 1) + RandomNumberGenerator.GetString(Digits, 1);
            var marks = new LineMarks(tag, RandomNumberGenerator.GetHexString(32, lowercase: true));
            if (!all.Contains(marks.Tag, StringComparison.OrdinalIgnoreCase) && !all.Contains(marks.Boundary, StringComparison.OrdinalIgnoreCase)) return marks;
        }
    }

    /// <summary>The text between boundaries, every line marked, without control tokens and with hidden characters named.</summary>
    /// <param name="name">What the text is ("WORK").</param>
    /// <param name="omitted">Lines to leave out, 1-based; their place says how many.</param>
    public string Wrap(string name, string text, (int From, int To)? omitted = null)
    {
        var lines = TextLines.Shown(PromptText.Of(text));
        var wrapped = new StringBuilder().Append("BEGIN ").Append(name).Append(' ').Append(Boundary).Append('\n');
        for (var number = 1; number <= lines.Count; number++)
        {
            if (omitted is var (from, to) && number >= from && number <= to)
            {
                if (number == from) wrapped.Append("(lines ").Append(from).Append(" to ").Append(to).Append(" are left out)\n");
                continue;
            }

            wrapped.Append(Tag).Append('|').Append(number).Append("| ").Append(lines[number - 1].Line).Append('\n');
        }

        return wrapped.Append("END ").Append(name).Append(' ').Append(Boundary).Append('\n').ToString();
    }

    /// <summary>Takes the marks out of a reply while it streams: models copy them when they quote a line.</summary>
    public MarkRemover OpenRemover() => new(Tag);
}

/// <summary>See <see cref="LineMarks.OpenRemover"/>.</summary>
public sealed class MarkRemover
{
    private readonly string tag;
    private readonly Regex whole;
    private readonly Regex begun;
    private string held = "";

    internal MarkRemover(string tag)
    {
        this.tag = tag;
        whole = new Regex($@"{tag}\|\d{{1,5}}\| ?", RegexOptions.CultureInvariant, RegexLimit.Time);
        begun = new Regex($@"{tag}(?:\|(?:\d{{1,5}}\|?)?)?\z", RegexOptions.CultureInvariant, RegexLimit.Time);
    }

    /// <returns>What can be passed on; the beginning of a mark waits for its end.</returns>
    public string Take(string chunk)
    {
        var text = whole.Replace(held + chunk, m => EndsOpen(m, held.Length + chunk.Length) ? m.Value : "");
        var keep = PendingFrom(text);
        held = text[keep..];
        return text[..keep];
    }

    /// <returns>What was still waiting.</returns>
    public string Finish()
    {
        var rest = whole.Replace(held, "");
        held = "";
        return rest;
    }

    // A mark at the very end may be followed by its space in the next chunk.
    private static bool EndsOpen(Match mark, int length) => mark.Index + mark.Length == length && mark.Value[^1] == '|';

    private int PendingFrom(string text)
    {
        if (begun.Match(text) is { Success: true } mark) return mark.Index;
        for (var length = Math.Min(tag.Length - 1, text.Length); length > 0; length--)
        {
            if (text.EndsWith(tag[..length], StringComparison.Ordinal)) return text.Length - length;
        }

        return text.Length;
    }
}
