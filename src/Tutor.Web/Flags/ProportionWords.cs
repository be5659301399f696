using System.Globalization;
using Tutor.Core.Flags.Reliability;

namespace Tutor.Web.Flags;

internal static class ProportionWords
{
    /// <summary>"7 of 9 confirmed, so between 45 and 94 %".</summary>
    public static string Of(Proportion part, string what)
    {
        if (part.Of == 0) return "nothing decided yet";
        var (low, high) = part.Interval;
        return string.Create(CultureInfo.InvariantCulture, $"{part.Hits} of {part.Of} {what}, so between {100 * low:0} and {100 * high:0} %");
    }
}
