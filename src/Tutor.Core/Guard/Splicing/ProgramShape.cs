using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Splicing;

/// <summary>Sorts out programs that Python would refuse to read, so that the sandbox's time goes to the others.</summary>
internal static class ProgramShape
{
    /// <summary>Whether indentation and brackets could be those of a program; true where it cannot be told.</summary>
    public static bool CouldRun(IReadOnlyList<CodeLine> lines)
    {
        var blocks = new Stack<(int Indent, bool MayContinue)>([(0, false)]);
        bool opened = false;
        int depth = 0;
        foreach (var line in lines.Where(l => !l.IsElision))
        {
            if (depth == 0)
            {
                if (opened ? line.Indent <= blocks.Peek().Indent : !CloseBlocks(blocks, line.Indent)) return false;
                if (opened) blocks.Push((line.Indent, false));
                string first = line.Text.Split(' ', 2)[0];
                bool continues = first is "else" or "elif" or "except" or "finally";
                if (continues && !blocks.Peek().MayContinue) return false;
                blocks.Push(blocks.Pop() with { MayContinue = continues || first is "if" or "for" or "while" or "try" or "async" });
            }
            // Brackets inside strings cannot be told from others here; then the benefit of the doubt.
            if (line.Text.AsSpan().IndexOfAny('"', '\'') >= 0) { if (depth > 0) return true; }
            else depth += line.Text.Count(c => c is '(' or '[' or '{') - line.Text.Count(c => c is ')' or ']' or '}');
            if (depth < 0) return false;
            if (line.Text.EndsWith('\\')) return true;
            opened = depth == 0 && line.Text.EndsWith(':');
        }
        return !opened && depth == 0;
    }

    private static bool CloseBlocks(Stack<(int Indent, bool MayContinue)> blocks, int indent)
    {
        while (blocks.Peek().Indent > indent && blocks.Count > 1) blocks.Pop();
        return blocks.Peek().Indent == indent;
    }
}
