using System.Text;

namespace Tutor.Inference.Schemas;

/// <summary>Patterns of strings, as far as they are plain regular expressions.</summary>
/// <remarks>
/// Understood: letters, <c>.</c>, classes (<c>[a-z]</c>, <c>[^x]</c>, <c>\d \w \s</c> and their opposites), groups, <c>|</c>,
/// <c>? * + {m,n}</c>, and <c>^</c> and <c>$</c> at the ends; without an anchor anything may stand before or behind, as JSON schema has it.
/// Look-around, back-references and lazy quantifiers are errors. A grammar describes JSON text, so quotes, backslashes and control
/// characters are written as their escapes.
/// </remarks>
internal sealed class PatternGrammar(string pattern, SchemaNode node, GrammarRules rules)
{
    // Each group is a step deeper on the stack, and a grammar's own parentheses may be nested no deeper.
    private const int DeepestNesting = 100;
    private const int Longest = 10_000;

    private int at;
    private int depth;

    public string Write()
    {
        if (pattern.Length > Longest) throw node.Unsupported($"A pattern may have {Longest} characters.");
        // Anchors around a choice at the top would belong to its first and last branch only.
        var start = pattern.StartsWith('^');
        var end = pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal);
        if (start) at = 1;
        var stop = pattern.Length - (end ? 1 : 0);
        var inner = Choice(stop, out var branches);
        if (at != stop) throw Wrong("a closing parenthesis without its opening one");
        if (branches > 1 && (start || end))
            throw Wrong("an anchor beside a choice; put the choice in parentheses, such as \"^(a|b)$\"");
        var any = $"{rules.Common("char")}*";
        return $"{(start ? "" : $"{any} ")}({inner}){(end ? "" : $" {any}")}";
    }

    private string Choice(int stop, out int branches)
    {
        var choices = new List<string>();
        do
        {
            if (choices.Count > 0) at++;
            choices.Add(Sequence(stop));
        }
        while (at < stop && pattern[at] == '|');
        branches = choices.Count;
        return string.Join(" | ", choices);
    }

    private string Sequence(int stop)
    {
        var parts = new List<string>();
        while (at < stop && pattern[at] is not ('|' or ')')) parts.Add(Quantified(stop));
        return parts.Count == 0 ? "\"\"" : string.Join(" ", parts);
    }

    private string Quantified(int stop)
    {
        var one = Atom(stop);
        if (at >= stop || pattern[at] is not ('?' or '*' or '+' or '{')) return one;
        var (least, most) = pattern[at] switch { '?' => (0, 1), '*' => (0, null), '+' => (1, null), _ => Braces(stop) };
        at++;
        if (at < stop && pattern[at] is '?' or '+') throw Wrong("a lazy or possessive quantifier");
        return GrammarText.Repeat(one, least, most);
    }

    private (int Least, int? Most) Braces(int stop)
    {
        var close = pattern.IndexOf('}', at);
        if (close < 0 || close >= stop) throw Wrong("an open brace");
        var numbers = pattern[(at + 1)..close].Split(',');
        at = close;
        if (numbers.Length > 2 || !int.TryParse(numbers[0], out var least) || least is < 0 or > 2000) throw Wrong("a repetition other than {m}, {m,} or {m,n} up to 2000");
        if (numbers.Length == 1) return (least, least);
        if (numbers[1].Length == 0) return (least, null);
        if (!int.TryParse(numbers[1], out var most) || most < least || most > 2000) throw Wrong("a repetition other than {m}, {m,} or {m,n} up to 2000");
        return (least, most);
    }

    private string Atom(int stop)
    {
        switch (pattern[at])
        {
            case '(':
                at++;
                if (++depth > DeepestNesting) throw Wrong($"groups nested deeper than {DeepestNesting}");
                if (at < stop && pattern[at] == '?')
                {
                    if (!pattern.AsSpan(at).StartsWith("?:")) throw Wrong("a look-around or a named group");
                    at += 2;
                }
                var inner = Choice(stop, out _);
                if (at >= stop || pattern[at] != ')') throw Wrong("an open parenthesis");
                at++;
                depth--;
                return $"({inner})";
            case '[':
                at++;
                return Class(stop).Write() ?? throw Wrong("no character that can be written");
            case '.':
                at++;
                return new CharacterSet { Negated = true }.With('\n', '\n').With('\r', '\r').Write()!;
            case '\\':
                return Escape(stop).Write() ?? throw Wrong("no character that can be written");
            case '^' or '$':
                throw Wrong("an anchor inside");
            case '*' or '+' or '?' or '{':
                throw Wrong("a quantifier without something to repeat");
            default:
                var rune = Rune.GetRuneAt(pattern, at);
                at += rune.Utf16SequenceLength;
                return GrammarText.InsideString(rune.ToString());
        }
    }

    private CharacterSet Escape(int stop)
    {
        if (++at >= stop) throw Wrong("a backslash at the end");
        var set = new CharacterSet();
        var letter = pattern[at++];
        switch (letter)
        {
            case 'd' or 'D': set.With('0', '9'); break;
            case 'w' or 'W': set.With('0', '9').With('A', 'Z').With('a', 'z').With('_', '_'); break;
            case 's' or 'S': set.With(' ', ' ').With('\t', '\r'); break;
            case 'n': return set.With('\n', '\n');
            case 'r': return set.With('\r', '\r');
            case 't': return set.With('\t', '\t');
            case 'u' when at + 4 <= stop && int.TryParse(pattern.AsSpan(at, 4), System.Globalization.NumberStyles.HexNumber, null, out var code) && !char.IsSurrogate((char)code):
                at += 4;
                return set.With(code, code);
            default:
                return char.IsAsciiLetterOrDigit(letter) ? throw Wrong($"\"\\{letter}\"") : set.With(letter, letter);
        }
        set.Negated = char.IsUpper(letter);
        return set;
    }

    private CharacterSet Class(int stop)
    {
        var set = new CharacterSet();
        if (at < stop && pattern[at] == '^') (set.Negated, at) = (true, at + 1);
        for (var first = true; at < stop && (pattern[at] != ']' || first); first = false)
        {
            var (low, single) = Member(stop, set);
            if (!single) continue;
            if (at + 1 < stop && pattern[at] == '-' && pattern[at + 1] != ']')
            {
                at++;
                var (high, isOne) = Member(stop, null);
                if (!isOne || high < low) throw Wrong("a range whose end lies before its start");
                set.With(low, high);
            }
            else
            {
                set.With(low, low);
            }
        }
        if (at >= stop) throw Wrong("an open class of characters");
        at++;
        return set;
    }

    // A single character, or a whole class such as \d that is added at once.
    private (int Rune, bool Single) Member(int stop, CharacterSet? into)
    {
        if (pattern[at] != '\\')
        {
            var rune = Rune.GetRuneAt(pattern, at);
            at += rune.Utf16SequenceLength;
            return (rune.Value, true);
        }
        var set = Escape(stop);
        if (set.Single is { } one) return (one, true);
        if (set.Negated || into is null) throw Wrong("a negated class inside a class, or a class as the end of a range");
        into.With(set);
        return (0, false);
    }

    private UnsupportedSchemaException Wrong(string what) => node.Unsupported($"The pattern \"{(pattern.Length > 200 ? $"{pattern[..200]}…" : pattern)}\" has {what} at character {at + 1}, which is not supported.");
}
