namespace Tutor.Inference.ChatTemplates;

/// <summary>The model file's chat template is of no family that Tutor or llama.cpp can write.</summary>
public sealed class UnknownChatTemplateException(string message) : Exception(message);
