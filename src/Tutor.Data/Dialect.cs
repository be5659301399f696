namespace Tutor.Data;

/// <summary>The SQL a database speaks. Nearly all statements are the same on both; see the decision record on two databases.</summary>
public enum Dialect { Sqlite, Postgres }
