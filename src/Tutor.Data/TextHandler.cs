using System.Data;
using System.Text;
using Dapper;

namespace Tutor.Data;

/// <summary>Leaves NUL characters out of every text on its way into a database, and puts U+FFFD where half a character stands.</summary>
/// <remarks>PostgreSQL refuses both, SQLite would keep or change them without a word, and neither a person nor a program means one.</remarks>
internal sealed class TextHandler : SqlMapper.TypeHandler<string>
{
    public override void SetValue(IDbDataParameter parameter, string? value)
    {
        parameter.DbType = DbType.String;
        parameter.Value = value is null ? DBNull.Value : Whole(value.Replace("\0", "", StringComparison.Ordinal));
    }

    private static string Whole(string value)
    {
        if (!value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return value;
        var whole = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes()) whole.Append(rune);
        return whole.ToString();
    }

    public override string Parse(object value) => (string)value;
}
