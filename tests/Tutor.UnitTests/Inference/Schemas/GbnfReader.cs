using System.Globalization;
using System.Text;

namespace Tutor.UnitTests.Inference.Schemas;

/// <summary>Reads the part of llama.cpp's grammar notation that our grammars use, so that tests can write random sentences of a grammar.</summary>
internal sealed class GbnfReader
{
    private readonly string text;
    private int at;

    private GbnfReader(string text) => this.text = text;

    public static Dictionary<string, GbnfPart> Read(string grammar) => grammar.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(" ::= ", 2)).ToDictionary(rule => rule[0], rule => new GbnfReader(rule[1]).ReadAll());

    private GbnfPart ReadAll()
    {
        var part = Choice();
        Assert.True(at == text.Length, $"Left over at {at}: {text}");
        return part;
    }

    private GbnfPart Choice()
    {
        var options = new List<GbnfPart> { Sequence() };
        while (Skip('|')) options.Add(Sequence());
        return options.Count == 1 ? options[0] : new GbnfPart.Choice(options);
    }

    private GbnfPart.Sequence Sequence()
    {
        var parts = new List<GbnfPart>();
        while (Blank() && at < text.Length && text[at] is not ('|' or ')')) parts.Add(Repeated());
        return new(parts);
    }

    private GbnfPart Repeated()
    {
        var part = Atom();
        if (at >= text.Length) return part;
        switch (text[at])
        {
            case '?': at++; return new GbnfPart.Repeat(part, 0, 1);
            case '*': at++; return new GbnfPart.Repeat(part, 0, null);
            case '+': at++; return new GbnfPart.Repeat(part, 1, null);
            case '{':
                var close = text.IndexOf('}', at);
                var numbers = text[(at + 1)..close].Split(',');
                at = close + 1;
                var least = int.Parse(numbers[0], CultureInfo.InvariantCulture);
                return new GbnfPart.Repeat(part, least, numbers.Length == 1 ? least : numbers[1].Length == 0 ? null : int.Parse(numbers[1], CultureInfo.InvariantCulture));
            default: return part;
        }
    }

    private GbnfPart Atom()
    {
        switch (text[at])
        {
            case '(':
                at++;
                var inner = Choice();
                Assert.True(Skip(')'), $"No closing parenthesis: {text}");
                return inner;
            case '"':
                at++;
                var literal = new StringBuilder();
                while (text[at] != '"') literal.Append(Character());
                at++;
                return new GbnfPart.Literal(literal.ToString());
            case '[':
                at++;
                var negated = text[at] == '^';
                if (negated) at++;
                var ranges = new List<(int, int)>();
                while (text[at] != ']')
                {
                    var low = Character().Value;
                    if (text[at] == '-' && text[at + 1] != ']')
                    {
                        at++;
                        ranges.Add((low, Character().Value));
                    }
                    else
                    {
                        ranges.Add((low, low));
                    }
                }
                at++;
                return new GbnfPart.Set(ranges, negated);
            default:
                var start = at;
                while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '-')) at++;
                Assert.True(at > start, $"Nothing to read at {at}: {text}");
                return new GbnfPart.Rule(text[start..at]);
        }
    }

    private Rune Character()
    {
        if (text[at] != '\\')
        {
            var rune = Rune.GetRuneAt(text, at);
            at += rune.Utf16SequenceLength;
            return rune;
        }
        var escape = text[at + 1];
        at += 2;
        var digits = escape switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0) return new(escape switch { 'n' => '\n', 't' => '\t', 'r' => '\r', _ => escape });
        at += digits;
        return new(int.Parse(text.AsSpan(at - digits, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private bool Skip(char wanted)
    {
        Blank();
        if (at >= text.Length || text[at] != wanted) return false;
        at++;
        return true;
    }

    private bool Blank()
    {
        while (at < text.Length && text[at] == ' ') at++;
        return true;
    }
}

internal abstract record GbnfPart
{
    public sealed record Choice(List<GbnfPart> Options) : GbnfPart;
    public sealed record Sequence(List<GbnfPart> Parts) : GbnfPart;
    public sealed record Repeat(GbnfPart Part, int Least, int? Most) : GbnfPart;
    public sealed record Literal(string Text) : GbnfPart;
    public sealed record Set(List<(int Low, int High)> Ranges, bool Negated) : GbnfPart;
    public sealed record Rule(string Name) : GbnfPart;
}
