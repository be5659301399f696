using System.Data;
using Dapper;

namespace Tutor.Data;

/// <summary>Leaves NUL characters out of every text on its way into a database.</summary>
/// <remarks>PostgreSQL refuses them, SQLite would keep them without a word, and neither a person nor a program means one.</remarks>
internal sealed class TextHandler : SqlMapper.TypeHandler<string>
{
    public override void SetValue(IDbDataParameter parameter, string? value)
    {
        parameter.DbType = DbType.String;
        parameter.Value = value is null ? DBNull.Value : value.Replace("\0", "", StringComparison.Ordinal);
    }

    public override string Parse(object value) => (string)value;
}
