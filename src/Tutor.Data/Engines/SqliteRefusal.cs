using Microsoft.Data.Sqlite;

namespace Tutor.Data.Engines;

/// <summary>SQLite's error codes as what an operator does about them.</summary>
internal static class SqliteRefusal
{
    public static DatabaseRefusedException Of(string file, SqliteException error) => new(error.SqliteErrorCode switch
    {
        26 => NoDatabase(file),
        11 => Damaged(file, error.Message),
        8 or 3 or 23 => $"Tutor may not write to the database {file}. Give the file and its folder to the user that runs Tutor, and see that the disk is not mounted read-only.",
        14 => $"The database {file} cannot be opened. Its folder must exist, and the user that runs Tutor must be able to write there.",
        13 => $"The disk of the database {file} is full. An upgrade needs as much free space as the file is large; make room and start again.",
        10 => $"The disk failed while the database {file} was read or written. Check the disk; if the file was hurt, move it away and bring the last backup back (deploy/restore.sh).",
        5 or 6 => $"Another program holds the database {file}. End it (a shell of sqlite3, a copy that is running) and start again.",
        _ => $"The database {file} cannot be used: {error.Message}",
    }, error);

    public static string NoDatabase(string file) =>
        $"{file} is not a SQLite database. Tutor has left it as it is: name the right file in Database:Path, or move this one away and bring the last backup back (deploy/restore.sh).";

    public static string Damaged(string file, string what) =>
        $"The database {file} is damaged ({OneLine(what)}). Tutor has left it as it is: move it away and bring the last backup back (deploy/restore.sh).";

    /// <summary>A server's message for a sentence of one line.</summary>
    public static string OneLine(string message) => string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
