using System.ComponentModel.DataAnnotations;

namespace Tutor.Data;

/// <summary>Section <c>Database</c> of the settings.</summary>
public sealed class DatabaseOptions
{
    /// <summary>SQLite file, relative to the content root; its folder is made when missing.</summary>
    [Required]
    public string Path { get; set; } = "data/tutor.db";
}
