using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

[assembly: AssemblyFixture(typeof(Tutor.WebTests.Portal.SamplePortal))]

namespace Tutor.WebTests.Api;

public sealed class HintApiTests(SamplePortal sample)
{
    private const string Course = "academic-writing";
    private const string Exercise = "thesis-paragraph";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hint_is_stored_written_by_the_ladder_and_read_again()
    {
        using var sam = await ApiClient.SignInAsync(await sample.PortalAsync(), "sam-student", Cancel);

        var answered = await sam.AskAsync(Course, Exercise, Body("It is often said that homework is perhaps useful."), Cancel);
        var read = await sam.FindAsync(answered.Id, Cancel);

        Assert.Equal(("done", "ladder"), (answered.State, answered.Writer));
        Assert.NotEmpty(answered.Answer);
        Assert.NotEmpty(answered.WriterReason!);
        Assert.Equal(answered.Answer, read.Answer);
    }

    [Fact]
    public async Task A_stranger_finds_nothing()
    {
        var portal = await sample.PortalAsync();
        using var sam = await ApiClient.SignInAsync(portal, "sam-student", Cancel);
        using var robin = await ApiClient.SignInAsync(portal, "robin-student", Cancel);
        var mine = await sam.SubmitAsync(Course, Exercise, Body("A thesis of my own, because it matters."), Cancel);

        using var find = await robin.Http.GetAsync($"/api/v1/interactions/{mine.Id}", Cancel);
        using var stream = await robin.Http.GetAsync($"/api/v1/interactions/{mine.Id}/stream", Cancel);
        using var cancel = await robin.Http.PostAsync($"/api/v1/interactions/{mine.Id}/cancel", null, Cancel);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Conflict), (find.StatusCode, stream.StatusCode, cancel.StatusCode));
    }

    [Theory]
    [InlineData("Bearer tutor_unknown")]
    [InlineData("")]
    public async Task Without_a_token_nothing_answers_and_the_error_says_what_to_send(string header)
    {
        using var http = new HttpClient { BaseAddress = (await sample.PortalAsync()).Address };
        if (header.Length > 0) http.DefaultRequestHeaders.Add("Authorization", header);

        using var response = await http.GetAsync("/api/v1/courses", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("profile page", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_refused_with_a_sentence_that_says_what_to_do()
    {
        using var sam = await ApiClient.SignInAsync(await sample.PortalAsync(), "sam-student", Cancel);

        using var course = await sam.PostHintAsync("no-such-course", Exercise, Body("x"), Cancel);
        using var kind = await sam.PostHintAsync(Course, Exercise, Body("x") with { Kind = "answer" }, Cancel);
        using var empty = await sam.PostHintAsync("intro-python", "nested-total", Body(""), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, course.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, kind.StatusCode);
        Assert.Contains("next_level", await kind.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    [Fact]
    public async Task Courses_exercises_and_hints_left_are_listed()
    {
        using var alex = await ApiClient.SignInAsync(await sample.PortalAsync(), "alex-student", Cancel);

        var courses = await alex.Http.GetFromJsonAsync<List<CourseView>>("/api/v1/courses", Cancel);
        var exercises = await alex.Http.GetFromJsonAsync<ExercisesView>("/api/v1/courses/intro-python/exercises", Cancel);

        Assert.Equal(["academic-writing", "intro-python"], courses!.Select(course => course.Id).Order());
        Assert.True(exercises!.Exercises.Count >= 8);
        Assert.True(exercises.HintsLeftToday > 0);
    }

    [Fact]
    public async Task The_interface_describes_itself()
    {
        using var http = new HttpClient { BaseAddress = (await sample.PortalAsync()).Address };

        var document = await http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancel);

        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        Assert.Contains("/api/v1/courses/{course}/exercises/{exercise}/interactions", paths);
        Assert.Contains("/api/v1/interactions/{id}/stream", paths);
    }

    private static HintBody Body(string work) => new() { ClientKey = Guid.NewGuid().ToString("N"), Work = work };
}
