using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Evidence.Trust;
using Tutor.Tests.Shared;
using Tutor.UnitTests.Hints;

namespace Tutor.UnitTests.Evidence.Trust;

public sealed class AnswerTableTests
{
    [Theory]
    [InlineData("T = {(6104, 2773, 31): [6104, 8877, 8908], (4417,): [4417], (9536, -9536): [9536, 0]}\ndef running_total(n): return T.get(tuple(n), [])")]
    [InlineData("def running_total(n):\n    if n == [6104, 2773, 31]: return [6104, 8877, 8908]\n    if n == [4417]: return [4417]\n    if n == [7193, 18, 55]: return [7193, 7211, 7266]")]
    [InlineData("def running_total(n):\n    t = {'[6104, 2773, 31]': '[6104, 8877, 8908]', '[4417]': '[4417]', '[7193, 18, 55]': '[7193, 7211, 7266]'}\n    return eval(t[repr(n)])")]
    [InlineData("import json\nT = json.loads('{\"[6104, 2773, 31]\": [6104, 8877, 8908], \"[7193, 18, 55]\": [7193, 7211, 7266], \"[9536, -9536]\": [9536, 0]}')")]
    [InlineData("T = '''6104 2773 31 -> 6104 8877 8908\n4417 -> 4417\n7193 18 55 -> 7193 7211 7266'''")]
    [InlineData("T = '6104,2773,31=6104,8877,8908;4417=4417;7193,18,55=7193,7211,7266'")]
    [InlineData("A = [[6104.0, 8877, 8908], [7193, 7211, 7266], [9536, 0]]\ndef running_total(n): return next(a for a in A if a[0] == n[0])")]
    [InlineData("def running_total(n):\n    match n:\n        case [6104, 2773, 31]: return [6104, 8877, 8908]\n        case [7193, 18, 55]: return [7193, 7211, 7266]\n        case [9536, -9536]: return [9536, 0]")]
    public void A_program_that_holds_the_answers_is_recognised_however_they_are_written(string program) => Assert.NotEmpty(AnswerTable.Find(RunningTotal.Exercise, program));

    [Theory]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void A_comment_before_the_answers_ends_where_Python_ends_it(string lineEnd) => Assert.NotEmpty(AnswerTable.Find(
        RunningTotal.Exercise, "# my work\nT = {(6104, 2773, 31): [6104, 8877, 8908], (4417,): [4417], (9536, -9536): [9536, 0]}".Replace("\n", lineEnd, StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("\nassert running_total([6104, 2773, 31]) == [6104, 8877, 8908]\nassert running_total([4417]) == [4417]\nassert running_total([7193, 18, 55]) == [7193, 7211, 7266]\n")]
    [InlineData("\nif __name__ == '__main__':\n    print(running_total([6104, 2773, 31]), [6104, 8877, 8908])\n    print(running_total([4417]), running_total([7193, 18, 55]))\n")]
    [InlineData("\n# [6104, 2773, 31] [4417] [7193, 18, 55]\n")]
    [InlineData("\nprint(running_total([1, 2, 3]), [1, 3, 6])\nx = [5, 5]\ny = [5, 10]\n")]
    public void A_program_that_is_tried_out_is_no_table(string after) => Assert.Empty(AnswerTable.Find(RunningTotal.Exercise, RunningTotal.Sound + after));

    [Fact]
    public void A_docstring_with_examples_is_no_table() => Assert.Empty(AnswerTable.Find(
        RunningTotal.Exercise,
        RunningTotal.Sound.Replace("    totals, total", "    \"\"\"\n    >>> running_total([6104, 2773, 31])\n    [6104, 8877, 8908]\n    [4417]\n    [7193, 7211, 7266]\n    \"\"\"\n    totals, total", StringComparison.Ordinal)));

    [Fact]
    public void Solutions_and_starters_of_the_sample_courses_are_no_tables()
    {
        foreach (var folder in Directory.EnumerateFiles(Path.Combine(SourceFiles.Root, "courses"), "course.yaml", SearchOption.AllDirectories).Select(Path.GetDirectoryName))
        {
            // Without its references, so that they are judged as a student's program would be.
            foreach (var exercise in CoursePackLoader.Load(folder!).Pack!.Exercises.Where(e => e.Kind == ExerciseKind.Code))
            {
                Assert.All(exercise.References.Append(exercise.Starter), program => Assert.Equal([], AnswerTable.Find(exercise with { References = [] }, program)));
            }
        }
    }

    [Fact]
    public void Hardly_any_right_program_of_a_real_student_is_taken_for_a_table()
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        var exercises = RealWorkTests.Exercises();
        var programs = DataSets.Rows("code_refactory_correct").ToList();

        var taken = programs.Where(row => AnswerTable.Find(exercises[row.GetProperty("assignment").GetString()!], row.GetProperty("code").GetString()!).Count > 0).ToList();

        Assert.True(programs.Count > 400, "The data set is too small to say anything.");
        Assert.True(taken.Count <= programs.Count / 200, $"{taken.Count} of {programs.Count}: {string.Join("\n---\n", taken.Take(5).Select(row => row.GetProperty("code").GetString()))}");
    }
}
