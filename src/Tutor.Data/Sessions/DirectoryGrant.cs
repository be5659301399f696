namespace Tutor.Data.Sessions;

/// <summary>Leave to ask the directory whether it still vouches for a person.</summary>
public sealed record DirectoryGrant
{
    /// <summary>The identity it was given for.</summary>
    public required string Subject { get; init; }

    /// <summary>Sealed; empty once the directory refused.</summary>
    public required string Secret { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long CheckedAt { get; init; }

    /// <summary>When the directory said no; null while it vouches.</summary>
    public long? RefusedAt { get; init; }
}
