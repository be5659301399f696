namespace Tutor.Data.Keys;

/// <summary>Section <c>DataProtection</c> of the settings: the secret under which the keys of sign-ins lie in the database.</summary>
public sealed class KeyOptions
{
    public const string Section = "DataProtection";

    /// <summary>32 bytes in base64, from the environment; the same on every node.</summary>
    public string? Key { get; set; }

    /// <summary>A file with such a key, made with mode 600 where it does not exist. Unset means <c>Database:Path</c> with <c>.key</c> behind it; not used where there is a key.</summary>
    public string? KeyFile { get; set; }
}
