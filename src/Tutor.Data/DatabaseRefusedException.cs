namespace Tutor.Data;

/// <summary>The portal cannot work on this database. The message is one sentence or two that name the database and the remedy.</summary>
public sealed class DatabaseRefusedException : InvalidOperationException
{
    public DatabaseRefusedException(string message, Exception? inner = null) : base(message, inner) { }
}
