using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Hosting;
using Tutor.Data.Engines;

namespace Tutor.Data;

/// <summary>Section <c>Database</c> of the settings.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>SQLite file, relative to the content root; its folder is made when missing. Not used where there is a URL.</summary>
    [Required]
    public string Path { get; set; } = "data/tutor.db";

    /// <summary>A PostgreSQL database, for several nodes: <c>postgres://user:password@host/tutor</c>, or an Npgsql connection string.</summary>
    public string? Url { get; set; }

    public bool IsPostgres => !string.IsNullOrWhiteSpace(Url);

    /// <summary>The URL as Npgsql's connection string, with its password.</summary>
    public string ToPostgresConnection() => PostgresUrl.Parse(Url!).ToString();

    /// <exception cref="InvalidOperationException">The file's folder cannot be made.</exception>
    internal Database Open(IHostEnvironment environment)
    {
        if (IsPostgres) return Database.OnPostgres(Url!);
        var file = System.IO.Path.Combine(environment.ContentRootPath, Path);
        try
        {
            return new Database(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{Section}:Path: the folder of {file} cannot be made ({error.Message}). Name a folder in which the account that runs Tutor may write.", error);
        }
    }
}
