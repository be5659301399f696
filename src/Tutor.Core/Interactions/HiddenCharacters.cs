using System.Globalization;
using System.Text;

namespace Tutor.Core.Interactions;

/// <summary>Characters a reader cannot see. They have no place in student work, and they can carry text that only a model reads.</summary>
public static class HiddenCharacters
{
    /// <summary>Why a character is hidden, in words for a count ("3 zero-width characters"); null for a visible one.</summary>
    /// <remarks>Line feed and tab are visible: they are layout. U+FE0E and U+FE0F are kept, because emoji need them.</remarks>
    public static string? Kind(Rune rune) => rune.Value switch
    {
        '\n' or '\t' => null,
        0x061C or (>= 0x200E and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => "bidi control",
        0x00AD or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or (>= 0x200B and <= 0x200D)
            or (>= 0x2060 and <= 0x2065) or (>= 0x206A and <= 0x206F) or 0x3164 or 0xFEFF or 0xFFA0 => "zero-width",
        (>= 0xFE00 and <= 0xFE0D) or (>= 0xE0000 and <= 0xE0FFF) => "tag",
        (>= 0xFFF9 and <= 0xFFFB) or (>= 0xFDD0 and <= 0xFDEF) => "control",
        var value when (value & 0xFFFE) == 0xFFFE => "control",
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => "control",
            UnicodeCategory.PrivateUse => "private-use",
            _ => null,
        },
    };
}
