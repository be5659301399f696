using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Json.Schema;
using Tutor.Inference.Schemas;

namespace Tutor.UnitTests.Inference.Schemas;

public sealed class JsonSchemaGrammarTests
{
    public static TheoryData<string> Schemas =>
    [
        """{"type":"object","properties":{"score":{"type":"integer","minimum":0,"maximum":10},"why":{"type":"string"}},"required":["score","why"],"additionalProperties":false}""",
        """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"boolean"},"c":{"type":"null"}}}""",
        """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"boolean"},"c":{"type":"null"}},"required":["b"],"additionalProperties":{"type":"number"}}""",
        """{"type":"object","properties":{"a":{"type":"integer"},"ab":{"type":"boolean"}},"additionalProperties":{"type":"string"}}""",
        """{"type":"object","additionalProperties":{"type":"integer"}}""",
        """{"type":"object","required":["x y"]}""",
        """{"type":"array","items":{"type":"string","minLength":1,"maxLength":5},"minItems":2,"maxItems":4}""",
        """{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":{"type":"boolean"},"minItems":1}""",
        """{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":false}""",
        """{"type":"array","maxItems":0}""",
        """{"enum":["nudge","a \"quote\" \\ and \n",3,null,{"k":[1.5]}]}""",
        """{"const":{"é":"☃"}}""",
        """{"type":["string","null"],"maxLength":3}""",
        """{"anyOf":[{"type":"integer","minimum":5},{"type":"string","pattern":"^[A-Z]{2}-\\d+$"}]}""",
        """{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"value":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"required":["value","next"]}}}""",
        """{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"},"maxItems":2}}}""",
        """{"type":"string","pattern":"^(\"|\\\\|[^a\"]|\\w{1,3}|[\\s\\d_-])*$"}""",
        """{"type":"string","pattern":"ab|c.d"}""",
        """{"type":"string","format":"date-time"}""",
        """{"type":"string","format":"uuid"}""",
        """{"type":"number","minimum":-2,"maximum":3}""",
        """{"type":"number","maximum":-7}""",
        """{"type":"number","minimum":0}""",
        """{"allOf":[{"type":"boolean"}]}""",
        "{}",
        "true",
    ];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Every_sentence_of_the_grammar_fits_the_schema(string schema)
    {
        var grammar = JsonSchemaGrammar.From(JsonDocument.Parse(schema).RootElement);
        var validator = SchemaJudge.Read(schema);
        var writer = new GbnfWriter(grammar, new Random(7));

        for (var i = 0; i < 300; i++) AssertFits(validator, writer.Write(), grammar);
    }

    [Theory]
    [InlineData("\"r\u05b3\"")]
    [InlineData("\"\\r\\n\"")]
    [InlineData("\"\U0001F44D\U0001F3FD\"")]
    public void A_string_is_judged_to_be_as_long_as_it_has_code_points(string two)
    {
        using var json = JsonDocument.Parse(two);
        Assert.True(SchemaJudge.Fits(SchemaJudge.Read("""{"minLength":2,"maxLength":2}"""), json.RootElement));
    }

    [Fact]
    public void Random_schemas_give_grammars_of_fitting_json_only() =>
        Gen.Select(RandomSchemas.Any(3), Gen.Int).Sample((schema, seed) =>
        {
            var text = schema.ToJsonString();
            var grammar = JsonSchemaGrammar.From(JsonDocument.Parse(text).RootElement);
            var validator = SchemaJudge.Read(text);
            var writer = new GbnfWriter(grammar, new Random(seed));
            for (var i = 0; i < 5; i++) AssertFits(validator, writer.Write(), $"{text}\n{grammar}");
        }, iter: 500);

    [Fact]
    public void Integers_between_bounds_are_exactly_those_the_grammar_takes() =>
        Gen.Select(Gen.Int[-1200, 1200], Gen.Int[0, 1500]).Sample((low, span) =>
        {
            var grammar = JsonSchemaGrammar.From(JsonDocument.Parse($$"""{"type":"integer","minimum":{{low}},"maximum":{{low + span}}}""").RootElement);
            var taken = new Regex(AsRegex(grammar));

            return Enumerable.Range(low - 60, span + 120).All(n => taken.IsMatch($"{n}") == (n >= low && n <= low + span));
        }, iter: 60);

    [Theory]
    [InlineData("""{"type":"frob"}""", "", "no type \"frob\"")]
    [InlineData("""{"type":"object","properties":{"a/b":{"not":{}}}}""", "/properties/a/b", "\"not\" is not supported")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "", "uniqueItems")]
    [InlineData("""{"type":"integer","multipleOf":3}""", "", "multipleOf")]
    [InlineData("""{"type":"number","minimum":0.5}""", "", "must be whole")]
    [InlineData("""{"type":"integer","minimum":3,"maximum":2}""", "", "No integer lies")]
    [InlineData("""{"type":"string","minLength":5000}""", "", "0 to 2000")]
    [InlineData("""{"type":"string","pattern":"^(?=a)"}""", "", "look-around")]
    [InlineData("""{"type":"string","pattern":"(a"}""", "", "open parenthesis")]
    [InlineData("""{"type":"string","pattern":"^a|b$"}""", "", "anchor beside a choice")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/a"},{"type":"null"}]}}}""", "/$defs/a/anyOf/0", "refers to itself")]
    [InlineData("""{"$ref":"other.json"}""", "", "same document")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "", "points to nothing")]
    [InlineData("""{"allOf":[{"type":"object"},{"required":["a"]}]}""", "", "allOf")]
    [InlineData("""{"anyOf":[{"type":"object"}],"required":["a"]}""", "", "beside \"anyOf\"")]
    [InlineData("""{"enum":[]}""", "", "lists no value")]
    [InlineData("false", "", "allows no value")]
    [InlineData("3", "", "object or a boolean")]
    public void What_is_not_supported_is_refused_with_its_place_and_what_to_do(string schema, string pointer, string message)
    {
        var error = Assert.Throws<UnsupportedSchemaException>(() => JsonSchemaGrammar.From(JsonDocument.Parse(schema).RootElement));

        Assert.Equal(pointer, error.Pointer);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_nested_without_end_is_refused()
    {
        var schema = string.Concat(Enumerable.Repeat("""{"type":"array","items":""", 100)) + "true" + new string('}', 100);

        Assert.Contains("nested deeper", Assert.Throws<UnsupportedSchemaException>(() => JsonSchemaGrammar.From(JsonDocument.Parse(schema, new() { MaxDepth = 300 }).RootElement)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_object_is_json()
    {
        var writer = new GbnfWriter(JsonSchemaGrammar.AnyObject, new Random(3));

        for (var i = 0; i < 300; i++) Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(writer.Write(), new() { MaxDepth = 500 }).RootElement.ValueKind);
    }

    private static void AssertFits(JsonSchema schema, string sentence, string context)
    {
        JsonElement json;
        try
        {
            json = JsonDocument.Parse(sentence, new() { MaxDepth = 500 }).RootElement;
        }
        catch (JsonException error)
        {
            Assert.Fail($"{error.Message}\n{sentence}\n{context}");
            return;
        }
        Assert.True(SchemaJudge.Fits(schema, json), $"Does not fit: {sentence}\n{context}");
    }

    // Grammars of integers have only literals, classes, groups and repetitions, which are regular expressions but for the blanks.
    private static string AsRegex(string grammar)
    {
        var rules = grammar.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" ::= ", 2)).ToDictionary(rule => rule[0], rule => rule[1]);
        return $"^({rules["root-value"].Replace("\"", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)})$";
    }
}
