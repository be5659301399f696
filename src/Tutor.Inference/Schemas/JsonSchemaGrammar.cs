using System.Text.Json;

namespace Tutor.Inference.Schemas;

/// <summary>Turns a JSON schema into a grammar (GBNF, the notation of llama.cpp) whose every sentence is JSON that fits the schema.</summary>
/// <remarks>
/// Understood: <c>type</c> (also several), <c>properties</c>, <c>required</c>, <c>additionalProperties</c>, <c>items</c>,
/// <c>prefixItems</c>, <c>minItems</c>, <c>maxItems</c>, <c>enum</c>, <c>const</c>, <c>minLength</c>, <c>maxLength</c>, <c>pattern</c>
/// (see <see cref="PatternGrammar"/>), <c>format</c> (date, time, date-time, uuid; others are notes), <c>minimum</c>, <c>maximum</c>,
/// <c>exclusiveMinimum</c> and <c>exclusiveMaximum</c> (whole bounds; exclusive ones for integers), <c>anyOf</c>, <c>oneOf</c> (as anyOf: write
/// alternatives that exclude each other), <c>allOf</c> of one schema, <c>$ref</c> within the document, recursion.
/// Properties come in the schema's order. Where properties are listed and <c>additionalProperties</c> is not, none are added. What is not
/// understood and would narrow the values (<c>not</c>, <c>uniqueItems</c>, <c>multipleOf</c> and the like) is an error, never ignored.
/// </remarks>
public static class JsonSchemaGrammar
{
    /// <summary>The grammar of any JSON object, for answers that shall be JSON of no given shape.</summary>
    public static string AnyObject { get; } = WriteAnyObject();

    /// <exception cref="UnsupportedSchemaException">The schema is not valid, asks for what is not supported, or is too large.</exception>
    public static string From(JsonElement schema)
    {
        var rules = new GrammarRules();
        var root = new SchemaConverter(schema, rules).Convert(schema, "", "root-value");
        rules.Define("root", $"{rules.Common("space")} {root} {rules.Common("space")}");
        return rules.ToString();
    }

    private static string WriteAnyObject()
    {
        var rules = new GrammarRules();
        rules.Define("root", $"{rules.Common("space")} {rules.Common("object")} {rules.Common("space")}");
        return rules.ToString();
    }
}
