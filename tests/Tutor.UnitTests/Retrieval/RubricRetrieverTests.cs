using Tutor.Core.Courses;
using Tutor.Core.Retrieval;

namespace Tutor.UnitTests.Retrieval;

public sealed class RubricRetrieverTests
{
    private readonly RubricRetriever retriever = new(new PassageIndexes());

    [Fact]
    public void Ranking_on_Cranfield_stays_beside_the_published_BM25()
    {
        var documents = DataSet.Rows("ir_cranfield_docs")
            .Select(d => Passage(d.GetProperty("id").GetString()!, d.GetProperty("text").GetString()!, d.GetProperty("title").GetString()!)).ToList();
        var index = new PassageIndex(documents);

        var gains = DataSet.Rows("ir_cranfield_queries").Select(q => Ndcg(
            index.Search(q.GetProperty("text").GetString()!).Take(10).Select(r => r.Passage.Id),
            q.GetProperty("qrels").EnumerateObject().ToDictionary(r => r.Name, r => r.Value.GetInt32()))).ToList();

        // 0.390 is the figure in the set's description (all of Porter's steps); ours was 0.382 when this was written.
        TestContext.Current.TestOutputHelper?.WriteLine($"nDCG@10 = {gains.Average():0.000} over {gains.Count} queries");
        Assert.True(gains.Average() >= 0.375, $"nDCG@10 is {gains.Average():0.000}");
    }

    [Fact]
    public void An_identifier_is_found_by_its_parts_and_whole()
    {
        Passage[] passages = [Passage("1", "Keep the `max_value` seen so far."), Passage("2", "Recursion needs a base case.")];

        foreach (var query in (string[])["max", "value", "max_value", "maximumValue of values"])
        {
            Assert.Equal("1", retriever.Retrieve(Course(), "e", passages, query, 5)[0].Passage.Id);
        }
    }

    [Fact]
    public void Inflected_words_meet()
    {
        var passage = Passage("1", "A loop that is looped over while looping through loops");

        Assert.Equal(["loop", "loop", "loop", "loop"], SearchWords.Of(passage.Text));
        Assert.Equal(SearchWords.Of("coding"), SearchWords.Of("code"));
    }

    [Fact]
    public void A_passage_for_staff_is_never_retrieved()
    {
        Passage[] passages = [Passage("1", "the loop") with { Audience = Audience.Staff }, Passage("2", "another loop")];

        var found = retriever.Retrieve(Course(), "e", passages, "loop", 5);

        Assert.Equal(["2"], found.Select(f => f.Passage.Id));
    }

    [Fact]
    public void A_criterion_of_another_exercise_is_not_retrieved()
    {
        var course = Course(new Criterion { Id = "base-case", Title = "Base case", Description = "loop", Exercises = ["recursion"] });
        Passage[] passages = [Passage("1", "the loop") with { CriterionId = "base-case" }, Passage("2", "another loop")];

        Assert.Equal(["2"], retriever.Retrieve(course, "sums", passages, "loop", 5).Select(f => f.Passage.Id));
        Assert.Equal(["1", "2"], retriever.Retrieve(course, "recursion", passages, "loop", 5).Select(f => f.Passage.Id).Order());
    }

    [Fact]
    public void An_index_made_for_one_list_of_passages_never_serves_another()
    {
        Passage[] all = [Passage("1", "the loop"), Passage("2", "another loop")];

        retriever.Retrieve(Course(), "e", all, "loop", 5);
        var found = retriever.Retrieve(Course(), "e", all[1..], "loop", 5);

        Assert.Equal(["2"], found.Select(f => f.Passage.Id));
    }

    private static CourseVersion Course(params Criterion[] rubric) => new()
    {
        Id = "v1",
        CourseId = "c",
        Number = 1,
        Hash = "h",
        CreatedAt = 0,
        Pack = new CoursePack { Id = "c", Name = "C", Term = "T", Prompt = "p", Rubric = rubric },
    };

    private static Passage Passage(string id, string text, string heading = "") => new()
    {
        Id = id,
        CourseVersionId = "v1",
        Source = "materials/m.md",
        Heading = heading,
        Text = text,
        Audience = Audience.Student,
    };

    // Järvelin & Kekäläinen 2002, gain as judged, discount log2(rank + 1).
    private static double Ndcg(IEnumerable<string> ranked, Dictionary<string, int> relevance)
    {
        static double Dcg(IEnumerable<int> gains) => gains.Select((g, i) => g / Math.Log2(i + 2)).Sum();

        var ideal = Dcg(relevance.Values.OrderDescending().Take(10));
        return ideal == 0 ? 0 : Dcg(ranked.Select(id => relevance.GetValueOrDefault(id))) / ideal;
    }
}
