using System.Text.RegularExpressions;

namespace Tutor.Core.Privacy;

/// <summary>Section <c>Privacy</c> of the settings.</summary>
public sealed class PrivacyOptions
{
    public const string Section = "Privacy";

    /// <summary>How the institution's student ids look, as a .NET regular expression; empty where it has none. The default: s or S and seven digits, or m and seven to nine.</summary>
    public string StudentIdPattern { get; set; } = @"(?<![\w.])[sSmM]\d{7,9}(?!\w)";

    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    internal Regex? StudentId
    {
        get
        {
            try
            {
                return StudentIdPattern.Length == 0 ? null : new Regex(StudentIdPattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            }
            catch (ArgumentException error)
            {
                throw new ArgumentException($"{Section}:StudentIdPattern is no regular expression: {error.Message}", error);
            }
        }
    }
}
