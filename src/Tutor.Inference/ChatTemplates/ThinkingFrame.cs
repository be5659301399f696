namespace Tutor.Inference.ChatTemplates;

/// <summary>How a reasoning model's thoughts are marked off from its answer.</summary>
/// <param name="On">Control text that ends the prompt when the model shall think; empty for a model that opens the block itself.</param>
/// <param name="Off">Control text that ends the prompt when it shall answer at once: a block that is closed already.</param>
public sealed record ThinkingFrame(string On, string Off)
{
    /// <summary>Opens the thoughts.</summary>
    public const string Open = "<think>";

    /// <summary>Ends them.</summary>
    public const string Close = "</think>";

    /// <summary>Whether the prompt itself opens the block, so that the model's text begins inside it.</summary>
    public bool OpensInPrompt => On.Contains(Open, StringComparison.Ordinal);

    /// <returns>An earlier answer without its thoughts, which no template sends back to the model.</returns>
    public static string Without(string answer)
    {
        var end = answer.LastIndexOf(Close, StringComparison.Ordinal);
        return end < 0 ? answer : answer[(end + Close.Length)..].TrimStart('\n');
    }
}
