namespace Tutor.SimulatedHost;

/// <summary>Misbehaviour on demand: <c>PUT /faults</c> with the values, all of them to be good again.</summary>
internal sealed class Faults
{
    public FaultOrder Now { get; set; } = new();
}

/// <param name="Status">Answer requests with this HTTP status; 200 writes.</param>
/// <param name="BreakAfter">Tear the connection after so many tokens; -1 never.</param>
/// <param name="HangAfter">Say nothing more after so many tokens; -1 never.</param>
internal sealed record FaultOrder(int Status = 200, int BreakAfter = -1, int HangAfter = -1);
