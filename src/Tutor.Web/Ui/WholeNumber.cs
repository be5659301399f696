using System.Globalization;
using System.Text.RegularExpressions;

namespace Tutor.Web.Ui;

/// <summary>Reads the whole numbers that people type. A number field of a browser gives nothing at all for what it does not like, and nothing is an answer too.</summary>
public static partial class WholeNumber
{
    /// <returns>Null where the text is no whole number within these bounds; <see cref="Problem"/> says so.</returns>
    public static long? Read(string text, long least, long most)
    {
        var digits = Grouped().IsMatch(text.Trim()) ? string.Concat(text.Where(char.IsAsciiDigit)) : text.Trim();
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
    }

    /// <param name="otherwise">What else may be done, a sentence; may be empty.</param>
    public static string Problem(string text, long least, long most, string otherwise) =>
        $"\"{(text.Length > 30 ? text[..30] + "…" : text)}\" is no whole number from {StaffCount(least)} to {StaffCount(most)}. Write it in digits. {otherwise}".TrimEnd();

    private static string StaffCount(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    // 100,000 and 100 000: signs between groups of three and nothing else.
    [GeneratedRegex("^[0-9]{1,3}(?:[, '\u00A0\u202F][0-9]{3})+$", RegexOptions.NonBacktracking)]
    private static partial Regex Grouped();
}
