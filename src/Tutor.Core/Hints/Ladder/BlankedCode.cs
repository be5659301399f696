using Tutor.Core.Guard.Python;

namespace Tutor.Core.Hints.Ladder;

/// <summary>A program without comments and without what its strings say, so that patterns see code only.</summary>
internal static class BlankedCode
{
    /// <returns>The same lines and columns; a string keeps its quotes and prefix.</returns>
    public static string Of(string program)
    {
        var blanked = program.ToCharArray();
        foreach (var token in PythonLexer.Read(program))
        {
            var (start, end) = (token.Start, token.End);
            if (token.Kind == PythonTokenKind.String)
            {
                start = program.IndexOfAny(['"', '\''], start);
                var quotes = string.CompareOrdinal(program, start, new string(program[start], 3), 0, 3) == 0 && end - start >= 6 ? 3 : 1;
                (start, end) = (start + quotes, end - quotes);
            }
            else if (token.Kind != PythonTokenKind.Comment)
            {
                continue;
            }

            for (var i = start; i < end; i++)
            {
                if (blanked[i] != '\n') blanked[i] = ' ';
            }
        }

        return new(blanked);
    }

    /// <summary>Whether the program holds nothing but comments and white space.</summary>
    public static bool IsEmpty(string program) => PythonLexer.Read(program).All(t => t.Kind == PythonTokenKind.Comment);
}
