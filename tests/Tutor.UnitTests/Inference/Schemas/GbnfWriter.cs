using System.Text;

namespace Tutor.UnitTests.Inference.Schemas;

/// <summary>Writes random sentences of a grammar.</summary>
internal sealed class GbnfWriter(string grammar, Random random)
{
    private readonly Dictionary<string, GbnfPart> rules = GbnfReader.Read(grammar);
    private readonly StringBuilder sentence = new();

    public string Write()
    {
        sentence.Clear();
        Write(new GbnfPart.Rule("root"), 0);
        return sentence.ToString();
    }

    private void Write(GbnfPart part, int depth)
    {
        switch (part)
        {
            case GbnfPart.Rule(var name):
                Assert.True(rules.ContainsKey(name), $"The grammar has no rule {name}:\n{grammar}");
                Write(rules[name], depth + 1);
                break;
            case GbnfPart.Literal(var text):
                sentence.Append(text);
                break;
            case GbnfPart.Set set:
                sentence.Append(Pick(set).ToString());
                break;
            case GbnfPart.Sequence(var parts):
                foreach (var each in parts) Write(each, depth);
                break;
            case GbnfPart.Choice(var options):
                // Deep down the way out is sought: the option that needs the fewest rules.
                Write(depth < 30 ? options[random.Next(options.Count)] : options.MinBy(option => Depth(option, 12))!, depth);
                break;
            case GbnfPart.Repeat(var repeated, var least, var most):
                var count = depth < 30 ? random.Next(least, Math.Min(most ?? least + 3, least + 3) + 1) : least;
                // Sometimes the whole length a limit allows.
                if (depth < 30 && most is { } limit && random.Next(4) == 0) count = Math.Min(limit, 40) is var capped && capped < least ? least : capped;
                for (var i = 0; i < count; i++) Write(repeated, depth);
                break;
        }
    }

    private int Depth(GbnfPart part, int left) => left == 0 ? 1000 : part switch
    {
        GbnfPart.Rule(var name) => 1 + Depth(rules[name], left - 1),
        GbnfPart.Sequence(var parts) => parts.Sum(each => Depth(each, left)),
        GbnfPart.Choice(var options) => options.Min(option => Depth(option, left)),
        GbnfPart.Repeat(var repeated, var least, _) => least == 0 ? 0 : Depth(repeated, left),
        _ => 0,
    };

    private Rune Pick(GbnfPart.Set set)
    {
        if (!set.Negated)
        {
            var (low, high) = set.Ranges[random.Next(set.Ranges.Count)];
            return new(random.Next(low, high + 1));
        }
        while (true)
        {
            var candidate = random.Next(5) switch { 0 => random.Next(0x80, 0xD800), 1 => 0x1F600 + random.Next(80), _ => random.Next(0x80) };
            if (set.Ranges.All(range => candidate < range.Low || candidate > range.High)) return new(candidate);
        }
    }
}
