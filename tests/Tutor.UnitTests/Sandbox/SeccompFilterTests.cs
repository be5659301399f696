using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Tutor.Sandbox.Seccomp;

namespace Tutor.UnitTests.Sandbox;

/// <summary>Runs the filters in a small machine of the same instructions, so that the one for the other processor is tried too.</summary>
public sealed class SeccompFilterTests
{
    private const uint Allow = 0x7FFF0000, Kill = 0x80000000, NotPermitted = 0x00050001, Unknown = 0x00050026;
    private const uint X64 = 0xC000003E, Arm64 = 0xC00000B7, I386 = 0x40000003;

    [Theory]
    [InlineData(Architecture.X64, X64, 101, 0, NotPermitted)] // ptrace
    [InlineData(Architecture.Arm64, Arm64, 117, 0, NotPermitted)]
    [InlineData(Architecture.X64, X64, 425, 0, NotPermitted)] // io_uring_setup
    [InlineData(Architecture.Arm64, Arm64, 425, 0, NotPermitted)]
    [InlineData(Architecture.X64, X64, 41, 0, NotPermitted)] // socket
    [InlineData(Architecture.Arm64, Arm64, 198, 0, NotPermitted)]
    [InlineData(Architecture.X64, X64, 0, 0, Allow)] // read
    [InlineData(Architecture.Arm64, Arm64, 63, 0, Allow)]
    [InlineData(Architecture.X64, X64, 59, 0, Allow)] // execve
    [InlineData(Architecture.Arm64, Arm64, 221, 0, Allow)]
    [InlineData(Architecture.X64, X64, 435, 0, Unknown)] // clone3
    [InlineData(Architecture.Arm64, Arm64, 435, 0, Unknown)]
    [InlineData(Architecture.X64, X64, 56, 0x11, Allow)] // clone: fork
    [InlineData(Architecture.X64, X64, 56, 0x10000011, NotPermitted)] // clone: a user namespace
    [InlineData(Architecture.Arm64, Arm64, 220, 0x11, Allow)]
    [InlineData(Architecture.Arm64, Arm64, 220, 0x20000011, NotPermitted)]
    [InlineData(Architecture.X64, X64, 302, 0, Allow)] // prlimit64 on oneself
    [InlineData(Architecture.X64, X64, 302, 1, NotPermitted)]
    [InlineData(Architecture.X64, X64, 203, 0, NotPermitted)] // sched_setaffinity
    [InlineData(Architecture.Arm64, Arm64, 140, 0, NotPermitted)] // setpriority
    [InlineData(Architecture.X64, X64, 9, 0x22, Allow)] // mmap: private, without a file
    [InlineData(Architecture.X64, X64, 9, 0x21, NotPermitted)] // mmap: shared, without a file
    [InlineData(Architecture.X64, X64, 9, 0x4023, NotPermitted)] // and as MAP_SHARED_VALIDATE, with another flag
    [InlineData(Architecture.X64, X64, 9, 0x01, Allow)] // mmap: shared, of a file
    [InlineData(Architecture.Arm64, Arm64, 222, 0x21, NotPermitted)]
    [InlineData(Architecture.Arm64, Arm64, 222, 0x22, Allow)]
    [InlineData(Architecture.X64, X64, 470, 0, Unknown)] // newer than the list
    [InlineData(Architecture.Arm64, Arm64, 500, 0, Unknown)]
    [InlineData(Architecture.X64, X64, 0x40000000 + 39, 0, Unknown)] // x32
    [InlineData(Architecture.X64, I386, 26, 0, Kill)] // ptrace by the 32-bit door
    [InlineData(Architecture.Arm64, I386, 26, 0, Kill)]
    public void A_call_gets_its_verdict(Architecture architecture, uint audit, int number, int argument, uint verdict)
    {
        Assert.Equal(verdict, Judge(SeccompFilter.For(architecture)!, audit, (uint)number, (uint)argument));
    }

    [Fact]
    public void There_is_no_filter_for_a_processor_whose_numbers_are_not_known()
    {
        Assert.Null(SeccompFilter.For(Architecture.S390x));
    }

    private static uint Judge(byte[] filter, uint audit, uint number, uint argument)
    {
        var accumulator = 0u;
        for (var at = 0; ; at++)
        {
            var instruction = filter.AsSpan(at * 8, 8);
            var operand = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20:
                    accumulator = operand switch { 0 => number, 4 => audit, 16 or 40 => argument, _ => throw new InvalidOperationException($"Load from {operand}.") };
                    break;
                case 0x15:
                    at += accumulator == operand ? instruction[2] : instruction[3];
                    break;
                case 0x35:
                    at += accumulator >= operand ? instruction[2] : instruction[3];
                    break;
                case 0x45:
                    at += (accumulator & operand) != 0 ? instruction[2] : instruction[3];
                    break;
                case 0x54:
                    accumulator &= operand;
                    break;
                case 0x06:
                    return operand;
                case var code:
                    throw new InvalidOperationException($"Instruction {code}.");
            }
        }
    }
}
