using Tutor.Core.Courses;
using Tutor.Core.Guard;
using Tutor.Core.Hints;

namespace Tutor.UnitTests.Guard;

/// <summary>One small exercise and a wrong attempt at it, for specifications that need no more.</summary>
internal static class SampleWork
{
    public const string Attempt =
        """
        def remove_extras(lst):
            for item_a in lst:
                if lst.count(item_a) > 1:
                    lst.remove(item_a)
            return lst
        """;

    public const string Solution =
        """
        def remove_extras(lst):
            newlist = []
            for i in lst:
                if i not in newlist:
                    newlist.append(i)
            return newlist
        """;

    public const string Task =
        "Write a function `remove_extras(lst)` that returns a new list without repeated elements. For example, `remove_extras([5, 2, 5])` returns `[5, 2]`.";

    public static GuardContext Code { get; } = GuardContext.For(
        new Exercise
        {
            Id = "duplicates",
            Title = "Duplicates",
            Kind = ExerciseKind.Code,
            Language = "python",
            Task = Task,
            References = [Solution],
            Tests = new() { Cases = [new() { Id = "some", Call = "remove_extras([1, 1, 2])", Expected = "[1, 2]" }, new() { Id = "none", Call = "remove_extras([])", Expected = "[]" }] },
        },
        Attempt, HintLevel.Example);

    public static GuardContext Text { get; } = new()
    {
        Kind = ExerciseKind.Writing,
        StudentText = "Phones are bad in school. Many students look at their phones in class and they do not listen to the teacher at all.",
        Task = "Write a thesis paragraph about phones in schools.",
        References = ["Although phones can support learning, schools should ban them during lessons because constant notifications break the attention that deep reading needs."],
        AllowedLevel = HintLevel.Location,
    };

    public static LeakGuard Guard(GuardContext? context = null, params string[] earlierHints) =>
        new(context ?? Code, earlierHints: [.. earlierHints.Select(h => new EarlierHint(h, (context ?? Code).StudentText))]);
}
