using Tutor.Core.Guard;

namespace Tutor.UnitTests.Guard;

public sealed class WritingGuardSpecs
{
    [Theory]
    [InlineData("Many students check their phones in class and they do not listen to the teacher.")]
    [InlineData("Better would be: Many pupils look at their phones in class and never listen to the teacher at all.")]
    [InlineData("- Many students look at their screens during class and so they do not listen to the teacher at all.")]
    public void A_sentence_of_the_student_s_with_words_changed_is_held_back(string hint) =>
        Assert.Contains(SampleWork.Guard(SampleWork.Text).Judge(hint), v => v.Layer == LeakLayer.RewrittenSentence);

    [Theory]
    [InlineData("You write that many students look at their phones in class and do not listen to the teacher; what follows from it?")]
    [InlineData("“Many students look at their phones in class and they do not listen to the teacher at all.” Who says so?")]
    [InlineData("Your second sentence says that students look at their phones and do not listen to the teacher at all, but not how often.")]
    [InlineData("A claim names who loses what. Which of these does yours name?")]
    public void Speaking_about_a_sentence_or_quoting_it_passes(string hint) => Assert.Empty(SampleWork.Guard(SampleWork.Text).Judge(hint));

    [Fact]
    public void Copy_through_counts_new_passages_that_stand_in_the_feedback()
    {
        const string Before = "Phones are bad in school.";
        const string Feedback = "Say why: every glance at a screen costs a learner several minutes of attention, as the survey of 2019 found in twelve schools.";
        string after = Before + " Every glance at a screen costs a learner several minutes of attention, as the survey found. I have seen this in my own class on more than one day of the week.";

        var copied = CopyThrough.Measure(Before, after, Feedback);

        // "every glance ... as the survey" are fifteen words: three runs of twelve and one more word before the texts part.
        Assert.Equal(4, copied.Copied.Count);
        Assert.True(copied.IsAlarming);
        Assert.Empty(CopyThrough.Measure(Before, Before + " I have seen this in my own class on more than one day of the week.", Feedback).Copied);
        Assert.Equal(0, CopyThrough.Measure(Before, Before, Feedback).Share);
    }
}
