namespace Tutor.Data;

/// <summary>Whether a write may run again when nobody knows if its commit arrived. Before the commit every write may.</summary>
public enum Repeatable
{
    /// <summary>The caller is told of the error and decides.</summary>
    No,

    /// <summary>A second run after a committed first one changes nothing and returns what is true.</summary>
    Yes,
}
