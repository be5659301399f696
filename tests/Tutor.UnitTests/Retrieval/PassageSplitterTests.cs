using Tutor.Core.Courses;
using Tutor.Core.Retrieval;

namespace Tutor.UnitTests.Retrieval;

public sealed class PassageSplitterTests
{
    [Fact]
    public void A_criterion_is_one_passage_with_its_levels_and_audience()
    {
        var passage = Assert.Single(PassageSplitter.Split(Pack(criterion: new Criterion
        {
            Id = "marks", Title = "How marks are given", Description = "Halves are possible.", Audience = Audience.Staff,
            Levels = [new("Full", "ten"), new("None", "zero")],
        }), "v1"));

        Assert.Equal(("rubric/marks", "marks", "How marks are given", Audience.Staff), (passage.Source, passage.CriterionId, passage.Heading, passage.Audience));
        Assert.Equal("Halves are possible.\n\n- **Full**: ten\n- **None**: zero", passage.Text);
    }

    [Fact]
    public void A_long_section_is_cut_between_paragraphs_into_passages_of_like_size()
    {
        var markdown = "# Lists\n\n## Loops\n\n" + string.Join("\n\n", Enumerable.Range(1, 10).Select(n => Words($"p{n}", 60)));

        var passages = PassageSplitter.Split(Pack(markdown), "v1");

        Assert.All(passages, p => Assert.InRange(Count(p.Text), 80, 250));
        Assert.All(passages, p => Assert.Equal("Lists: Loops", p.Heading));
        Assert.Equal(600, passages.Sum(p => Count(p.Text)));
    }

    [Fact]
    public void Short_sections_are_joined_and_keep_their_headings_in_the_text()
    {
        var markdown = $"# Lists\n\n{Words("a", 30)}\n\n## Second\n\n{Words("b", 30)}\n\n## Third\n\n{Words("c", 30)}\n\n## Last\n\n{Words("d", 90)}";

        var passages = PassageSplitter.Split(Pack(markdown), "v1");

        Assert.Equal(["Lists", "Lists: Last"], passages.Select(p => p.Heading));
        Assert.Contains("**Second**", passages[0].Text, StringComparison.Ordinal);
        Assert.Contains("**Third**", passages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_block_is_never_cut_nor_its_comments_taken_for_headings()
    {
        var code = "```python\n# Not a heading\nx = 1\n\n\ny = 2\n```";
        var markdown = $"# Lists\n\n{Words("a", 240)}\n\n{code}\n\n{Words("b", 240)}";

        var passages = PassageSplitter.Split(Pack(markdown), "v1");

        Assert.Single(passages, p => p.Text.Contains(code, StringComparison.Ordinal));
        Assert.All(passages, p => Assert.Equal("Lists", p.Heading));
    }

    [Fact]
    public void Ids_are_the_same_for_the_same_version_and_different_between_versions()
    {
        var pack = Pack("# A\n\n" + string.Join("\n\n", Enumerable.Range(0, 9).Select(n => Words("x", 100))));

        var first = PassageSplitter.Split(pack, "v1").Select(p => p.Id).ToList();

        Assert.Equal(first, PassageSplitter.Split(pack, "v1").Select(p => p.Id));
        Assert.Equal(2 * first.Count, first.Concat(PassageSplitter.Split(pack, "v2").Select(p => p.Id)).Distinct().Count());
    }

    private static CoursePack Pack(string? markdown = null, Criterion? criterion = null) => new()
    {
        Id = "c", Name = "C", Term = "T", Prompt = "P",
        Rubric = criterion is null ? [] : [criterion],
        Materials = markdown is null ? [] : [new("materials/lists.md", "Lists", markdown, Audience.Student)],
    };

    private static string Words(string word, int count) => string.Join(' ', Enumerable.Repeat(word, count));

    private static int Count(string text) => text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
}
