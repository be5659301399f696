using Npgsql;

namespace Tutor.Data.Engines;

/// <summary>Reads <c>postgres://user:password@host:port/database?setting=value</c>, or Npgsql's own <c>Host=...;Database=...</c>.</summary>
internal static class PostgresUrl
{
    public static NpgsqlConnectionStringBuilder Parse(string url)
    {
        var settings = url.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
            ? FromAddress(new Uri(url))
            : new NpgsqlConnectionStringBuilder(url);
        if (string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database))
            throw new ArgumentException("Database:Url needs a host and a database: postgres://user:password@host:5432/tutor");
        settings.ApplicationName ??= "Tutor";
        // Defaults that fit a portal node; whoever writes them into the URL decides.
        Default("Maximum Pool Size", 40);
        // Planning a statement costs more than running it. What a connection keeps is good for its next user: the portal changes
        // no setting of a session beyond a transaction.
        Default("Max Auto Prepare", 100);
        Default("No Reset On Close", true);
        // Notices within seconds that the server's machine is gone, not only its process.
        Default("TCP Keepalive", true);
        Default("Tcp Keepalive Time", 5);
        Default("Tcp Keepalive Interval", 2);
        return settings;

        // ContainsKey is true for every setting there is, given or not.
        void Default(string setting, object value)
        {
            if (!settings.ShouldSerialize(setting)) settings[setting] = value;
        }
    }

    private static NpgsqlConnectionStringBuilder FromAddress(Uri address)
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = address.Host, Database = Uri.UnescapeDataString(address.AbsolutePath.Trim('/')) };
        if (address.Port > 0) settings.Port = address.Port;
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0) settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2) settings.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)))
            settings[Uri.UnescapeDataString(pair[0])] = Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "");
        return settings;
    }
}
