namespace Tutor.Inference.ChatTemplates;

/// <summary>Where a template puts the instructions of the system.</summary>
public enum SystemPlace
{
    /// <summary>In a turn of their own.</summary>
    OwnTurn,

    /// <summary>Before the text of the first user turn, for models that know no system side.</summary>
    FirstUserTurn,

    /// <summary>Before the text of the last user turn.</summary>
    LastUserTurn,
}
