namespace Tutor.Inference.Schemas;

/// <summary>A JSON schema asks for something that cannot be turned into a grammar. The message names the place as a JSON pointer and what to change.</summary>
public sealed class UnsupportedSchemaException(string pointer, string what) : Exception($"At #{pointer} of the JSON schema: {what}")
{
    /// <summary>Where in the schema, as a JSON pointer without the leading "#".</summary>
    public string Pointer { get; } = pointer;
}
