using System.Text;
using LLama.Exceptions;
using LLama.Native;
using Microsoft.Extensions.Logging;

namespace Tutor.Inference.Backends;

/// <summary>Carries the library's log lines into an <see cref="ILogger"/>. The library has one log for the whole process.</summary>
/// <remarks>LLamaSharp has such a bridge as well, but it cannot say which lines belong to a call that failed.</remarks>
internal static class NativeLog
{
    private static volatile ILogger? target;

    // The library writes a line in pieces, and several threads write at once.
    [ThreadStatic] private static StringBuilder? line;
    [ThreadStatic] private static LLamaLogLevel lineLevel;
    [ThreadStatic] private static List<string>? problems;

    /// <summary>Where the lines go from now on.</summary>
    public static void SendTo(ILogger logger) => target = logger;

    /// <summary>Runs a call of the library and returns what it logged as warnings and errors on this thread, to say why it failed.</summary>
    /// <returns>Null where LLamaSharp throws because the library refused.</returns>
    public static T? Listen<T>(Func<T> call, out string reason) where T : class
    {
        List<string> heard = problems = [];
        try
        {
            return call();
        }
        catch (RuntimeError)
        {
            return null;
        }
        finally
        {
            problems = null;
            reason = string.Join(' ', heard.Distinct());
        }
    }

    /// <summary>Called by the library, from any thread.</summary>
    public static void Write(LLamaLogLevel level, string text)
    {
        try
        {
            Collect(level, text);
        }
        catch (Exception)
        {
            // An exception must not cross into native code, and a lost log line is no reason to end the process.
        }
    }

    private static void Collect(LLamaLogLevel level, string text)
    {
        line ??= new StringBuilder();
        if (level != LLamaLogLevel.Continue)
        {
            Flush();
            lineLevel = level;
        }
        line.Append(text);
        if (text.EndsWith('\n')) Flush();
    }

    private static void Flush()
    {
        if (line is not { Length: > 0 }) return;
        var message = line.ToString().Trim();
        line.Clear();
        if (message.Length == 0) return;
        if (lineLevel is LLamaLogLevel.Warning or LLamaLogLevel.Error) problems?.Add(message);
        // The library's "info" is dozens of lines for each model it loads.
        target?.Log(lineLevel switch { LLamaLogLevel.Error => LogLevel.Error, LLamaLogLevel.Warning => LogLevel.Warning, LLamaLogLevel.Info => LogLevel.Debug, _ => LogLevel.Trace }, "{Message}", message);
    }
}
