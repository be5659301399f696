using System.Buffers.Binary;
using System.Text;
using Tutor.Core.Evidence;

namespace Tutor.Sandbox.Results;

/// <summary>Writes a request as harness.py reads it: 4-byte little-endian numbers, and texts as a length and UTF-8.</summary>
internal static class RequestWriter
{
    /// <param name="first">Programs before this one are left out: they have run already.</param>
    /// <param name="processes">Limit for the harness to set; 0 when it is set already.</param>
    public static byte[] Write(RunRequest request, int first, int outputKilobytes, int processes)
    {
        var stream = new MemoryStream();
        WriteNumber(stream, (int)Math.Ceiling(request.ProgramTimeout.TotalMilliseconds));
        WriteNumber(stream, (int)Math.Ceiling(request.ProcessorTime?.TotalMilliseconds ?? 0));
        WriteNumber(stream, request.StopAtFirstException ? 1 : 0);
        WriteNumber(stream, outputKilobytes << 10);
        WriteNumber(stream, request.Programs.Count - first);
        WriteNumber(stream, request.Calls.Count);
        WriteNumber(stream, processes);
        WriteText(stream, request.Prelude);
        WriteNumber(stream, request.Forbidden.Count > 0 ? 1 : 0);
        if (request.Forbidden.Count > 0)
            WriteText(stream, string.Join('\n', request.Forbidden));
        foreach (var program in request.Programs.Skip(first))
        {
            WriteText(stream, program);
            foreach (var call in request.Calls)
                WriteText(stream, call);
        }

        return stream.ToArray();
    }

    private static void WriteNumber(MemoryStream stream, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    private static void WriteText(MemoryStream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteNumber(stream, bytes.Length);
        stream.Write(bytes);
    }
}
