namespace Tutor.Inference.ChatTemplates;

/// <summary>What one side of a conversation said.</summary>
public sealed record ChatTurn(ChatSide Side, string Text);

/// <summary>Who speaks.</summary>
public enum ChatSide { System, User, Assistant }
