using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Tutor.Inference.Native;

/// <summary>Carries the library's log lines into an <see cref="ILogger"/>. The library has one log for the whole process.</summary>
internal static unsafe class NativeLog
{
    private const int Continuation = 5;

    private static volatile ILogger? target;

    // The library writes a line in pieces, and several threads write at once.
    [ThreadStatic] private static StringBuilder? line;
    [ThreadStatic] private static int lineLevel;
    [ThreadStatic] private static List<string>? problems;

    public static void Install(ILogger logger)
    {
        target = logger;
        LlamaNative.llama_log_set(&OnLog, null);
        LlamaNative.ggml_set_abort_callback(&OnAbort);
    }

    /// <summary>Runs a native call and returns what it logged as warnings and errors on this thread, to say why it failed.</summary>
    public static T Listen<T>(Func<T> call, out string reason)
    {
        problems = [];
        try
        {
            var result = call();
            reason = string.Join(' ', problems.Distinct());
            return result;
        }
        finally
        {
            problems = null;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(int level, byte* text, void* userData)
    {
        try
        {
            Write(level, LlamaNative.Text(text));
        }
        catch (Exception)
        {
            // An exception must not cross into native code, and a lost log line is no reason to end the process.
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnAbort(byte* text)
    {
        var message = "The native model library found an inconsistency and ends this process: " + LlamaNative.Text(text);
        Console.Error.WriteLine(message);
        target?.LogCritical("{Message}", message);
    }

    private static void Write(int level, string text)
    {
        line ??= new StringBuilder();
        if (level != Continuation)
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
        if (lineLevel >= 3) problems?.Add(message);
        // The library's "info" is dozens of lines for each model it loads.
        target?.Log(lineLevel switch { 1 => LogLevel.Trace, 2 => LogLevel.Debug, 3 => LogLevel.Warning, _ => LogLevel.Error }, "{Message}", message);
    }
}
