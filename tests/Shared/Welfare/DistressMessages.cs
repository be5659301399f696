namespace Tutor.Tests.Shared.Welfare;

/// <summary>Sixty messages as students might write them, labelled by hand before the rule was last changed: 22 explicit, 20 idioms, 18 neutral.</summary>
internal static class DistressMessages
{
    public static IReadOnlyList<string> Explicit { get; } =
    [
        "I want to kill myself",
        "i cant do this anymore, i want to die",
        "I don't want to live anymore.",
        "honestly everyone would be better off without me",
        "I keep hurting myself because of this course",
        "i am feeling suicidal",
        "I'm thinking about suicide and I don't know who to tell",
        "forget the loop. i'm going to end my life tonight",
        "sometimes I just wish I wasn't alive",
        "I’ve been cutting myself again since the midterm",
        "nobody would care if i was gone",
        "I have been planning to overdose this weekend",
        "what's the point of fixing it, there is no reason to live",
        "i wanna end it all",
        "I wish I had never been born",
        "I think I might jump off a bridge after this exam",
        "I've had suicidal thoughts for weeks and cannot concentrate on recursion",
        "if i fail again i will take all my pills",
        "I just don't want to wake up tomorrow",
        "life is not worth living any more",
        "I wrote my goodbye letter yesterday, sorry for the late homework",
        "ich will nicht mehr leben",
    ];

    public static IReadOnlyList<string> Idioms { get; } =
    [
        "this bug is killing me",
        "I'm dying to know why this fails",
        "I nearly died laughing at this error",
        "my laptop died during the lab",
        "this deadline will be the death of me",
        "I'd kill for a working debugger",
        "these nested loops make me want to scream",
        "I would rather die than use tabs and spaces together",
        "I almost shot myself in the foot with that global variable",
        "the professor is going to kill me if this is late",
        "recursion is suicide for performance here, isn't it?",
        "I could kill myself for forgetting that colon again",
        "my brain is dead after eight hours of pandas",
        "drop dead simple question: what does strip do?",
        "this assignment is torture",
        "I died of embarrassment when my demo crashed",
        "can I cut myself some slack on the word limit?",
        "I'm drowning in homework, which function first?",
        "I can't live without autocomplete",
        "it's a do or die situation, the quiz is tomorrow",
    ];

    public static IReadOnlyList<string> Neutral { get; } =
    [
        "How do I kill the process that still runs?",
        "My program dies with a KeyError",
        "remove the dead code?",
        "What is suicide prevention, for my essay?",
        "Why does my while loop never end?",
        "the parent should kill its children before it exits",
        "How many people die of heart disease in the data set?",
        "My thesis says that social media harms teenagers. Is that arguable?",
        "does this cut the string at the comma?",
        "I want to end the loop when the input is empty",
        "the column 'suicides_per_100k' is read as text, why?",
        "how do I take a life off the player when it hits a wall?",
        "Why does my ghost not disappear forever from the screen?",
        "I don't want to live-stream it, only to save the plot",
        "My average is wrong for an empty list",
        "should the hero jump off the platform when space is pressed?",
        "the survey asks whether people feel worthless; is it an int?",
        "what does dead letter queue mean in the notes?",
    ];
}
