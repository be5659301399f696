namespace Tutor.Inference.Batching;

/// <summary>Decides what one step computes.</summary>
/// <remarks>
/// Each running answer gets its next token in every step, and what is left of the step's tokens goes to new prompts, so that a long
/// prompt costs the running answers one step of bounded length per token. Among prompts the one with the least left goes first, which
/// gives the shortest waits on average; a quarter is for the oldest, so that it is never starved. An adapter holds for a whole step;
/// groups of requests with different adapters take turns.
/// </remarks>
internal sealed class StepPlanner(int stepTokens)
{
    // Putting another adapter in costs about a tenth of a decode step, and nothing beside a step with prompt tokens.
    private const int StepsPerTurn = 4;

    private readonly List<Generation> prompts = [];
    private int adapter;
    private int turn;

    /// <summary>Fills the batch.</summary>
    /// <param name="running">In the order of their admission; at least one.</param>
    /// <param name="step">Receives those with a part in it, in the order of the batch.</param>
    /// <returns>The adapter to compute with.</returns>
    public int Plan(List<Generation> running, DecodeContext batch, List<Generation> step)
    {
        ChooseAdapter(running);
        step.Clear();
        prompts.Clear();
        var left = stepTokens;
        foreach (var generation in running)
        {
            if (generation.Adapter != adapter) continue;
            if (generation.IsAnswering)
            {
                generation.Share = 1;
                left--;
                step.Add(generation);
            }
            else
            {
                generation.Share = 0;
                prompts.Add(generation);
            }
        }
        turn = prompts.Count > 0 ? StepsPerTurn : turn + 1;
        Divide(left);
        foreach (var generation in prompts)
        {
            if (generation.Share > 0) step.Add(generation);
        }
        foreach (var generation in step) Put(generation, batch);
        return adapter;
    }

    private void Divide(int left)
    {
        if (prompts.Count == 0) return;
        left -= Give(prompts[0], left / 4);
        // Few prompts are computed at once, and sorting them by insertion allocates nothing.
        for (var i = 1; i < prompts.Count; i++)
        {
            for (var j = i; j > 0 && prompts[j].Sequence!.Pending < prompts[j - 1].Sequence!.Pending; j--)
            {
                (prompts[j], prompts[j - 1]) = (prompts[j - 1], prompts[j]);
            }
        }
        foreach (var generation in prompts) left -= Give(generation, left);
    }

    private static int Give(Generation generation, int tokens)
    {
        var given = Math.Clamp(tokens, 0, generation.Sequence!.Pending - generation.Share);
        generation.Share += given;
        return given;
    }

    private static void Put(Generation generation, DecodeContext batch)
    {
        var sequence = generation.Sequence!;
        generation.Output = -1;
        for (var i = 0; i < generation.Share; i++)
        {
            var position = sequence.Decoded + i;
            var isLast = position == sequence.Count - 1;
            var place = batch.Add(sequence.Tokens[position], position, sequence.Id, isLast);
            if (isLast) generation.Output = place;
        }
    }

    private void ChooseAdapter(List<Generation> running)
    {
        var (next, lowest, stays) = (int.MaxValue, int.MaxValue, false);
        foreach (var generation in running)
        {
            stays |= generation.Adapter == adapter;
            if (generation.Adapter > adapter) next = Math.Min(next, generation.Adapter);
            lowest = Math.Min(lowest, generation.Adapter);
        }
        if (stays && turn < StepsPerTurn) return;
        adapter = next != int.MaxValue ? next : lowest;
        turn = 0;
    }
}
