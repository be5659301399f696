using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Writing;

namespace Tutor.Core.Courses.Reading;

/// <summary>Reads the signatures of one exercise's misconceptions and checks that what they name exists.</summary>
internal sealed class SignatureReader(Exercise exercise)
{
    private static readonly string[] CodeKeys = ["test", "actual", "exception", "code", "code-without", "rule"];
    private static readonly string[] WritingKeys = ["signal"];

    private readonly string[] _tests = [.. exercise.Tests.Cases.Select(c => c.Id)];
    private readonly string[] _rules = [.. exercise.Tests.Rules.Select(r => r.Id)];
    private readonly string[] _signals = [.. WritingSignals.Ids];

    public Signature Read(YamlMap map)
    {
        var code = exercise.Kind == ExerciseKind.Code;
        map.Allow(code ? CodeKeys : WritingKeys);
        var signature = new Signature
        {
            Test = map.OptionalText("test"),
            Actual = map.OptionalText("actual"),
            Exception = map.OptionalText("exception"),
            Code = map.OptionalText("code"),
            CodeWithout = map.OptionalText("code-without"),
            Rule = map.OptionalText("rule"),
            Signal = map.OptionalText("signal"),
        };

        if (signature == new Signature()) map.Problem(map.Line, "The signature says nothing.", $"Give it at least one of {string.Join(", ", code ? CodeKeys : WritingKeys)}.");
        Exists(map, "test", signature.Test, _tests, "tests.yaml has no test");
        Exists(map, "rule", signature.Rule, _rules, "tests.yaml has no rule");
        Exists(map, "signal", signature.Signal, _signals, "There is no writing signal");
        CheckPattern(map, "code", signature.Code);
        CheckPattern(map, "code-without", signature.CodeWithout);
        if (signature.Actual is { } actual && !PythonLiteral.TryParse(actual, out _, out var wrong))
        {
            map.Problem(map.LineOf("actual"), $"The actual value is no Python literal: {wrong}.", "Write it as Python prints it with repr, in quotes for YAML: actual: \"None\".");
        }

        return signature;
    }

    private static void Exists(YamlMap map, string key, string? id, string[] known, string lacks)
    {
        if (id is not null && !known.Contains(id)) map.Problem(map.LineOf(key), $"{lacks} '{id}'.", known.Length > 0 ? DidYouMean.Advise(id, known) : "Remove it from the signature.");
    }

    private static void CheckPattern(YamlMap map, string key, string? pattern)
    {
        if (pattern is not null && PackPattern.ProblemOf(pattern) is { } wrong)
        {
            map.Problem(map.LineOf(key), $"'{key}' is no regular expression: {wrong}", "Mend the pattern; in YAML put it between single quotes.");
        }
    }
}
