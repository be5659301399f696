using System.Collections.Frozen;

namespace Tutor.Core.Retrieval;

/// <summary>Words that stand in every text and tell none apart. Python's keywords are not among them.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> Words = (
        "a about above after again all also am an and any are as at be because been before being below between both but by can cannot could did do does "
        + "doing don down during each few for from further get give given had has have having he her here hers him his how however i if in into is it its "
        + "just let like me more most my no nor not now of off on once only or other our out over own same she should so some such than that the their "
        + "them then there these they this those through to too under until up us use used using very was we were what when where whether which while who "
        + "whom why will with would you your").Split(' ').ToFrozenSet();

    public static bool Contains(string word) => Words.Contains(word);
}
