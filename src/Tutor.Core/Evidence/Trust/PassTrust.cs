namespace Tutor.Core.Evidence.Trust;

/// <summary>Whether a program that passes the tests computes its answers. For staff: it holds inputs of hidden tests.</summary>
/// <param name="HeldTests">Ids of the tests whose input or answer stands in the program; empty where it is no table of answers.</param>
public sealed record PassTrust(IReadOnlyList<string> HeldTests)
{
    /// <summary>How many freshly drawn inputs the references could judge; 0 where none was tried.</summary>
    public int Judged { get; init; }

    /// <summary>On how many of them the program agrees with the references.</summary>
    public int Agreed { get; init; }

    /// <summary>On how many a program would agree that always gives the commonest answer.</summary>
    public int ByConstant { get; init; }

    /// <summary>Some of those it does not agree on.</summary>
    public IReadOnlyList<FreshDifference> Differences { get; init; } = [];

    /// <summary>The sandbox could not try any just now.</summary>
    public bool Untried { get; init; }

    private const int LeastJudged = 4;

    /// <summary>Whether the pass opens what only a solved exercise opens. The tests alone decide where nothing could be tried.</summary>
    /// <remarks>Halfway between a program that always says the same and one that always agrees: an input may lie outside what the task
    /// speaks of, where two right programs differ.</remarks>
    public bool Holds => HeldTests.Count == 0 && !Untried && (Judged < LeastJudged || Judged == ByConstant || 2 * Agreed > Judged + ByConstant);
}

/// <summary>A freshly drawn call on which a program and the references differ.</summary>
/// <param name="Actual">As in <see cref="TestResult.Actual"/>; the type of an exception where one was raised.</param>
public sealed record FreshDifference(string Call, string Expected, string Actual);
