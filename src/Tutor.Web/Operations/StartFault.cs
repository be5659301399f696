using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Tutor.Web.Operations;

/// <summary>Says in one sentence why the portal did not start. What only a programmer can mend keeps its trace.</summary>
public static class StartFault
{
    private static volatile bool started;

    // They write the same exception once more, with its trace, before it reaches the end of Program.
    private static readonly string[] echoes = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Hosting.Diagnostics"];

    /// <summary>Keeps a failed start from being told three times.</summary>
    public static void AddStartFault(this WebApplicationBuilder builder)
    {
        foreach (var category in echoes)
            builder.Logging.AddFilter(category, level => started ? level >= LogLevel.Warning : level < LogLevel.Error && level >= LogLevel.Warning);
        // At its first look Orleans takes the machine's whole uptime for a pause of its own.
        var began = Environment.TickCount64;
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", level => level >= LogLevel.Warning && Environment.TickCount64 - began > 30_000);
    }

    public static void UseStartFault(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() => started = true);

    /// <returns>Null for a fault of the portal itself, and once it has started.</returns>
    public static string? Words(Exception error) => started ? null : error switch
    {
        AggregateException { InnerException: { } inner } => Words(inner),
        OptionsValidationException wrong => string.Join(Environment.NewLine, wrong.Failures.Select(Plain)),
        ValidationException wrong => wrong.Message,
        // A file of settings that is no JSON; its inner exception has the line.
        InvalidDataException file => $"{file.Message} {file.InnerException?.Message}".Trim(),
        // A value that the setting's type does not take: "Failed to convert configuration value 'abc' at 'Runtime:AskBurst' to type …".
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } value => $"{value.Message} Correct the setting, or leave it out for its default.",
        InvalidOperationException or ArgumentException or FormatException when error.Source?.StartsWith("Tutor.", StringComparison.Ordinal) == true => error.Message,
        DbException database => $"The database cannot be used: {database.Message} Check Database:Url or Database:Path.",
        UnauthorizedAccessException denied => $"{denied.Message} Let the account that runs Tutor write there, or name another folder (setting Database:Path).",
        IOException { InnerException: { Source: "Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets" or "Microsoft.AspNetCore.Server.Kestrel.Core" } } or IOException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } =>
            $"{error.Message} Stop what listens there, or set ASPNETCORE_URLS to another address.",
        IOException file => file.Message,
        _ => null,
    };

    // "DataAnnotation validation failed for 'LtiOptions' members: '' with the error: 'Lti:Platforms:0: …'." holds a sentence of ours.
    private static string Plain(string failure)
    {
        const string Before = " with the error: '";
        var at = failure.IndexOf(Before, StringComparison.Ordinal);
        if (at < 0) return failure;
        var text = failure[(at + Before.Length)..].TrimEnd('.').TrimEnd('\'');
        var members = failure[..at] is var head && head.IndexOf("members: '", StringComparison.Ordinal) is var from and >= 0 ? head[(from + "members: '".Length)..].TrimEnd('\'') : "";
        return members.Length == 0 || text.Contains(members, StringComparison.Ordinal) ? text : $"{members}: {text}";
    }
}
