using System.ComponentModel.DataAnnotations;

namespace Tutor.Web.Circuits;

/// <summary>Section <c>Circuits</c> of the settings.</summary>
public sealed class CircuitRoomOptions
{
    public const string Section = "Circuits";

    /// <summary>
    /// How many open pages one person may have on a node; with those that have lost their connection and may still come back three times as
    /// many. Each takes about a megabyte, and of the 500 lost ones that are kept for everybody one person must not take all.
    /// </summary>
    [Range(1, 10_000)]
    public int PerPerson { get; init; } = 30;
}
