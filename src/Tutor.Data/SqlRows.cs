using Dapper;

namespace Tutor.Data;

/// <summary>Several rows in one statement: on a database server a round trip for each of 2,000 is what a long list would spend its time on.</summary>
internal static class SqlRows
{
    /// <returns>What stands after VALUES, and its parameters. SQLite takes 32,766 parameters at most, so a few hundred rows.</returns>
    public static (string Text, DynamicParameters Parameters) Of<T>(IReadOnlyList<T> rows, Func<T, object?[]> columns)
    {
        var parameters = new DynamicParameters();
        var text = rows.Select((row, r) => "(" + string.Join(", ", columns(row).Select((value, c) =>
        {
            parameters.Add($"p{r}_{c}", value);
            return $"@p{r}_{c}";
        })) + ")");
        return (string.Join(", ", text), parameters);
    }
}
