using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tutor.Sandbox.Seccomp;

/// <summary>Writes the classic BPF program that bubblewrap loads with <c>--seccomp</c>: everything is allowed but <see cref="RefusedCalls"/>.</summary>
/// <remarks>Format: an array of <c>struct sock_filter</c> (linux/filter.h), 8 bytes each, over <c>struct seccomp_data</c> (linux/seccomp.h):
/// number at 0, architecture at 4, arguments from 16, 8 bytes each. Little-endian only, as both supported processors are.</remarks>
internal sealed class SeccompFilter
{
    private const ushort LoadWord = 0x20, JumpEqual = 0x15, JumpGreaterOrEqual = 0x35, JumpAnySet = 0x45, And = 0x54, Return = 0x06;
    private const uint Allow = 0x7FFF0000, KillProcess = 0x80000000, Refuse = 0x00050000 | 1, Unknown = 0x00050000 | 38;
    private const uint NumberOffset = 0, ArchitectureOffset = 4, FirstArgumentOffset = 16, FourthArgumentOffset = 40;

    /// <summary>MAP_ANONYMOUS, and the bit that MAP_SHARED and MAP_SHARED_VALIDATE have and MAP_PRIVATE has not.</summary>
    private const uint SharedWithoutFile = 0x21;

    /// <summary>CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.</summary>
    private const uint NamespaceFlags = 0x7E020080;

    private readonly List<byte> program = [];

    /// <returns>The filter's bytes; null for a processor whose numbers we do not know.</returns>
    public static byte[]? For(Architecture architecture) => architecture switch
    {
        Architecture.X64 => Write(0xC000003E, call => call.X64, x32: true),
        Architecture.Arm64 => Write(0xC00000B7, call => call.Arm64, x32: false),
        _ => null,
    };

    private static byte[] Write(uint audit, Func<SystemCall, int> number, bool x32)
    {
        var filter = new SeccompFilter();
        filter.Add(LoadWord, ArchitectureOffset);
        filter.Add(JumpEqual, audit, whenTrue: 1);
        filter.Add(Return, KillProcess);
        filter.Add(LoadWord, NumberOffset);
        if (x32)
        {
            filter.Add(JumpGreaterOrEqual, 0x40000000, whenFalse: 1);
            filter.Add(Return, Unknown);
        }

        filter.Add(JumpGreaterOrEqual, RefusedCalls.FirstUnknown, whenFalse: 1);
        filter.Add(Return, Unknown);
        filter.On(number(RefusedCalls.Clone3), Unknown);
        foreach (var call in RefusedCalls.All.Where(call => number(call) >= 0))
            filter.On(number(call), Refuse);
        filter.OnArgument(number(RefusedCalls.Clone), JumpAnySet, NamespaceFlags, whenTrue: Refuse, whenFalse: Allow);
        filter.OnArgument(number(RefusedCalls.Prlimit), JumpEqual, 0, whenTrue: Allow, whenFalse: Refuse);
        filter.OnSharedMemory(number(RefusedCalls.MemoryMap));
        filter.Add(Return, Allow);
        return [.. filter.program];
    }

    private void On(int number, uint verdict)
    {
        Add(JumpEqual, (uint)number, whenFalse: 1);
        Add(Return, verdict);
    }

    private void OnArgument(int number, ushort jump, uint operand, uint whenTrue, uint whenFalse)
    {
        Add(JumpEqual, (uint)number, whenFalse: 4);
        Add(LoadWord, FirstArgumentOffset);
        Add(jump, operand, whenFalse: 1);
        Add(Return, whenTrue);
        Add(Return, whenFalse);
    }

    private void OnSharedMemory(int number)
    {
        Add(JumpEqual, (uint)number, whenFalse: 4);
        Add(LoadWord, FourthArgumentOffset);
        Add(And, SharedWithoutFile);
        Add(JumpEqual, SharedWithoutFile, whenFalse: 1);
        Add(Return, Refuse);
    }

    private void Add(ushort code, uint operand, byte whenTrue = 0, byte whenFalse = 0)
    {
        Span<byte> instruction = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(instruction, code);
        instruction[2] = whenTrue;
        instruction[3] = whenFalse;
        BinaryPrimitives.WriteUInt32LittleEndian(instruction[4..], operand);
        program.AddRange(instruction);
    }
}
