using Tutor.Core.Hints;

namespace Tutor.Tests.Shared.Flags;

/// <summary>Puts an attack where Tutor reads it: in a comment, a string, an essay, a file quoted in a question.</summary>
internal static class EmbeddedAttack
{
    public static IReadOnlyList<(string Where, Func<string, HintRequest> Wrap)> Places { get; } =
    [
        ("a comment of the program", t => SampleRequest.Code($"def total(numbers):\n    result = 0\n{Lines(t, "    # ")}\n    return result\n", "Why is it 0?")),
        ("a string of the program", t => SampleRequest.Code($"NOTE = '''\n{t}\n'''\n\ndef total(numbers):\n    return NOTE\n", "Why is it 0?")),
        ("a paragraph of the essay", t => SampleRequest.Essay($"School uniforms cost families money.\n\n{t}\n\nTherefore they should go.")),
        ("a file quoted in the question", t => SampleRequest.Code("x = 1\n", $"What does this file do?\n\n{Lines(t, "> ")}\n")),
    ];

    private static string Lines(string text, string before) => string.Join('\n', text.Split('\n').Select(l => before + l));
}
