using System.Globalization;
using System.Numerics;

namespace Tutor.Core.Evidence;

/// <summary>Python's exact numbers as what they are: a whole number over another.</summary>
/// <param name="Denominator">Above 0.</param>
public readonly record struct PyNumber(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>Larger exponents would make numbers of more digits than a test can be about, and a program could ask for any.</summary>
    public const int MostExponent = 5000;

    /// <summary>Null for a float and for what is no number.</summary>
    public static PyNumber? ExactOf(PyValue value) => value switch
    {
        PyInt number => new(number.Value, BigInteger.One),
        PyBool truth => new(truth.Value ? BigInteger.One : BigInteger.Zero, BigInteger.One),
        PyFraction fraction => new(fraction.Numerator, fraction.Denominator),
        PyDecimal { Exponent: >= 0 } number => new(number.Digits * BigInteger.Pow(10, number.Exponent), BigInteger.One),
        PyDecimal number => new(number.Digits, BigInteger.Pow(10, -number.Exponent)),
        _ => null,
    };

    /// <summary>Null where it is no whole number.</summary>
    public BigInteger? Whole => BigInteger.DivRem(Numerator, Denominator, out var rest) is var whole && rest.IsZero ? whole : null;

    public bool EqualsExactly(PyNumber other) => Numerator * other.Denominator == other.Numerator * Denominator;

    /// <summary>The nearest float, as <c>float()</c> gives it; infinite beyond the largest.</summary>
    public double ToDouble()
    {
        if (Numerator.IsZero) return 0;

        // 64 bits of the quotient, the last of them set when anything was left over, round as the whole quotient would.
        var shift = (int)(64 - Numerator.GetBitLength() + Denominator.GetBitLength());
        var (over, under) = shift >= 0 ? (BigInteger.Abs(Numerator) << shift, Denominator) : (BigInteger.Abs(Numerator), Denominator << -shift);
        var quotient = BigInteger.DivRem(over, under, out var rest);
        for (; quotient.GetBitLength() > 64; shift--)
        {
            if (!quotient.IsEven) rest = BigInteger.One;
            quotient >>= 1;
        }

        var bits = (ulong)quotient | (rest.IsZero ? 0UL : 1UL);
        return Math.ScaleB((double)bits, -shift) * Numerator.Sign;
    }

    /// <summary>Reads what <c>str</c> gives for a finite Decimal ("0.20", "-1E+3").</summary>
    /// <returns>Null for anything else, and for exponents beyond <see cref="MostExponent"/>.</returns>
    public static PyDecimal? ReadDecimal(string text)
    {
        var e = text.IndexOfAny(['e', 'E']);
        var mantissa = e < 0 ? text : text[..e];
        var exponent = 0;
        if (e >= 0 && !int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)) return null;
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent = Math.Max(exponent, -2 * MostExponent) - (mantissa.Length - point - 1);
            mantissa = mantissa.Remove(point, 1);
        }

        return Math.Abs((long)exponent) <= MostExponent && BigInteger.TryParse(mantissa, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var digits)
            ? new PyDecimal(digits, exponent)
            : null;
    }
}
