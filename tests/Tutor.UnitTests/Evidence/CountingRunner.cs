using Tutor.Core.Evidence;

namespace Tutor.UnitTests.Evidence;

/// <summary>Passes every request on and remembers it.</summary>
internal sealed class CountingRunner(ICodeRunner runner) : ICodeRunner
{
    public List<RunRequest> Requests { get; } = [];

    public string? OffReason => runner.OffReason;

    public string? PythonVersion => runner.PythonVersion;

    public Task<IReadOnlyList<ProgramRun>> RunAsync(RunRequest request, CancellationToken cancel)
    {
        Requests.Add(request);
        return runner.RunAsync(request, cancel);
    }
}
