using Json.Schema;

namespace Tutor.UnitTests.Inference.Schemas;

/// <summary>Reads schemas one at a time: the library keeps them in a dictionary of the process that is not made for several threads.</summary>
internal static class SchemaReader
{
    private static readonly Lock reading = new();

    public static JsonSchema Read(string text)
    {
        lock (reading) return JsonSchema.FromText(text);
    }
}
