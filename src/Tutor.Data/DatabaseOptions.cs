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

    internal Database Open(IHostEnvironment environment) =>
        IsPostgres ? Database.OnPostgres(Url!) : new Database(System.IO.Path.Combine(environment.ContentRootPath, Path));
}
