using Tutor.Core.Courses.Reading;
using Tutor.Core.Times;

namespace Tutor.Core.Courses;

/// <summary>Reads a course pack from its folder and says everything that is wrong with it, with file, line and fix.</summary>
/// <remarks>Reads files only: nothing is run. <see cref="PackTrial"/> runs the references against the tests.</remarks>
public static class CoursePackLoader
{
    private const int MostFiles = 5_000;

    /// <param name="folder">Path of the pack's folder; its name is the course's id.</param>
    /// <param name="installation">By whose clocks times are read where neither they nor the course name a zone; null refuses such times.</param>
    public static PackReading Load(string folder, CourseTime? installation = null)
    {
        var id = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var problems = new PackProblems();
        if (!Directory.Exists(folder)) problems.Add("", 1, $"There is no folder '{folder}'.", "Check the path.");
        else PackLinks.Check(folder, problems);
        if (problems.Any) return new(null, problems.Sorted);

        // Only now: counting would follow a link out of the pack.
        if (Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Skip(MostFiles).Any()) problems.Add("", 1, $"The folder holds more than {MostFiles} files.", "Point Tutor at one course's folder.");
        if (problems.Any) return new(null, problems.Sorted);

        if (!PackId.IsGood(id)) problems.Add("course.yaml", 1, $"'{id}' is no id for a course.", "Rename the folder: lower-case letters, digits and hyphens.");
        var pack = Read(new(folder, problems), id, installation);
        return new(problems.Any ? null : pack, problems.Sorted);
    }

    private static CoursePack Read(PackFolder folder, string id, CourseTime? installation)
    {
        folder.OnlyFiles("", ["course.yaml", "prompt.md", "rubric.md"], "A pack has course.yaml, prompt.md and rubric.md, and the folders materials, assessments and exercises.");
        foreach (var other in folder.FolderNames().Except(["materials", "assessments", "exercises"]))
        {
            folder.Problems.Add(other, 1, "No part of a course pack has this name.", DidYouMean.Advise(other, ["materials", "assessments", "exercises"]));
        }

        var courseText = folder.Require("course.yaml", "Write the course's name, term and exercises there.");
        var course = courseText is null ? new() : CourseFile.Read(courseText, installation);
        var exerciseIds = course.Exercises.Select(e => e.Value).ToList();
        if (courseText is not null) CheckExerciseFolders(folder, courseText, course);

        var rubric = folder.Read("rubric.md") is { } text ? RubricFile.Read(text, exerciseIds) : [];
        var prompt = folder.Require("prompt.md", "Write how the tutor of this course should speak and what it should mind.");
        if (prompt is not null && prompt.Text.Trim().Length == 0) prompt.Problem(1, "The prompt is empty.", "Write how the tutor of this course should speak and what it should mind.");

        var time = course.TimeZone is null ? installation : CourseTime.Of(course.TimeZone);
        return new()
        {
            Id = id,
            Name = course.Name,
            Term = course.Term,
            Description = course.Description,
            DemoPeople = course.People,
            Policy = course.Policy,
            Quota = course.Quota,
            Model = course.Model,
            Prompt = prompt?.Text ?? "",
            Rubric = rubric,
            Materials = MaterialFiles.Read(folder),
            Assessments = AssessmentFiles.Read(folder, time),
            TimeZone = course.TimeZone,
            TermEnds = course.TermEnds,
            KeepDays = course.KeepDays,
            Exercises = [.. exerciseIds.Where(e => folder.HasFolder($"exercises/{e}")).Select(e => ExerciseFolder.Read(folder, e, course.Policy, rubric, time)).OfType<Exercise>()],
        };
    }

    private static void CheckExerciseFolders(PackFolder folder, PackText courseText, CourseFile course)
    {
        var folders = folder.FolderNames("exercises");
        foreach (var (id, line) in course.Exercises.Where(e => !folders.Contains(e.Value)))
        {
            courseText.Problem(line, $"There is no folder exercises/{id}.", DidYouMean.Find(id, folders) is { } near ? $"Did you mean '{near}'?" : "Make the folder, or remove the line.");
        }

        foreach (var unlisted in folders.Except(course.Exercises.Select(e => e.Value)))
        {
            folder.Problems.Add($"exercises/{unlisted}", 1, "course.yaml does not list this exercise.", $"Add '- {unlisted}' under 'exercises:' where it belongs in teaching order, or move the folder out of the pack.");
        }

        folder.OnlyFiles("exercises", [], "Each exercise has a folder of its own.");
    }
}
