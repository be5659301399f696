using System.Text.RegularExpressions;

namespace Tutor.Core.Hints.Writing;

/// <summary>A sentence or paragraph, exactly as the student wrote it.</summary>
/// <param name="Start">Offset of its first character in the whole text.</param>
internal sealed partial record TextSpan(string Text, int Start)
{
    private IReadOnlyList<string>? _words;

    public IReadOnlyList<string> Words => _words ??= [.. WordPattern().Matches(Text).Select(m => m.Value)];

    public bool Has(Regex pattern) => pattern.IsMatch(Text);

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’\-.,][\p{L}\p{N}]+)*", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex WordPattern();
}
