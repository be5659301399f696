namespace Tutor.Web.Student.Workspace;

/// <summary>What a stage of the pipeline does, in words for the student who waits for it.</summary>
public static class StepWords
{
    public static string For(string step) => step switch
    {
        "clean" => "Reading your work",
        "screen" => "Reading your question",
        "evidence" => "Running the tests on your work",
        "retrieve" => "Looking into the course's material",
        "compose" => "Putting it all together",
        "generate" => "Writing the hint",
        "guard" => "Checking that it gives no solution away",
        "record" => "Writing it down",
        _ => step,
    };
}
