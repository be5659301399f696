using Microsoft.Extensions.Logging.Abstractions;
using Tutor.Inference.Backends;
using Tutor.Inference.ChatTemplates;
using Tutor.Inference.Engine;

namespace Tutor.UnitTests.Inference.ChatTemplates;

public sealed class ChatTemplateFamiliesTests
{
    // Whether llama.cpp knows a family that Tutor does not, it is asked itself.
    public ChatTemplateFamiliesTests() => BackendLibraries.Load(LlamaBackend.Built, NullLogger.Instance);

    [Theory]
    [InlineData(Samples.Qwen25, "chatml")]
    [InlineData(Samples.Qwen3, "chatml")]
    [InlineData(Samples.Llama31, "llama3")]
    [InlineData(Samples.Gemma3, "gemma")]
    [InlineData(Samples.MistralV01, "mistral-v1")]
    [InlineData(Samples.MistralV03, "mistral-v3")]
    [InlineData(Samples.MistralNemo, "mistral-v3-tekken")]
    [InlineData(Samples.MistralLarge, "mistral-v7")]
    [InlineData(Samples.MistralSmall, "mistral-v7-tekken")]
    [InlineData(Samples.Phi35, "phi3")]
    [InlineData(Samples.Phi4Mini, "phi4-mini")]
    [InlineData(Samples.Phi4, "phi4")]
    [InlineData(Samples.DeepSeekR1, "deepseek-r1")]
    public void A_files_template_is_recognised_by_its_markup(string template, string family) =>
        Assert.Equal(family, ChatTemplateFamilies.Choose(template, "").Name);

    [Fact]
    public void A_template_of_no_known_family_says_which_setting_chooses_one()
    {
        var unknown = Assert.Throws<UnknownChatTemplateException>(() => ChatTemplateFamilies.Choose("{{ '<<<' + role + '>>>' }}", ""));
        var missing = Assert.Throws<UnknownChatTemplateException>(() => ChatTemplateFamilies.Choose(null, ""));
        var misspelt = Assert.Throws<UnknownChatTemplateException>(() => ChatTemplateFamilies.Choose(Samples.Qwen3, "", "lama3"));

        Assert.All([unknown, missing, misspelt], error => Assert.Contains("Set Model:Template", error.Message, StringComparison.Ordinal));
        Assert.Contains("<<<", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("lama3", misspelt.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_setting_goes_before_what_the_file_says() =>
        Assert.Equal("gemma", ChatTemplateFamilies.Choose(Samples.Qwen3, "", "gemma").Name);

    [Fact]
    public void Qwen_2_5_brings_its_own_instructions_where_a_conversation_has_none() =>
        Assert.StartsWith("<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n<|im_start|>user\nQ", Ask(Samples.Qwen25), StringComparison.Ordinal);

    [Fact]
    public void Llama_3_1_has_its_date_head_with_and_without_instructions()
    {
        const string Head = "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n";

        Assert.StartsWith($"{Head}<|eot_id|><|start_header_id|>user", Ask(Samples.Llama31, "<|begin_of_text|>"), StringComparison.Ordinal);
        Assert.StartsWith($"{Head}SYS<|eot_id|>", Text(ChatTemplateFamilies.Choose(Samples.Llama31, "<|begin_of_text|>").Render([new(ChatSide.System, " SYS\n"), new(ChatSide.User, "Q")])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Samples.Qwen3, true, "assistant\n", false)]
    [InlineData(Samples.Qwen3, false, "assistant\n<think>\n\n</think>\n\n", false)]
    [InlineData(Samples.Qwen3Thinking, true, "assistant\n<think>\n", true)]
    [InlineData(Samples.Qwen3Thinking, false, "assistant\n<think>\n\n</think>\n\n", true)]
    [InlineData(Samples.DeepSeekR1, true, "<｜Assistant｜><think>\n", true)]
    public void Thinking_is_switched_as_the_template_does_it(string template, bool think, string end, bool opensInPrompt)
    {
        var chosen = ChatTemplateFamilies.Choose(template, "");

        Assert.EndsWith(end, Text(chosen.Render([new(ChatSide.User, "Q")], think: think)), StringComparison.Ordinal);
        Assert.Equal(opensInPrompt, chosen.Thinking!.OpensInPrompt);
    }

    [Fact]
    public void A_model_whose_template_knows_no_thoughts_has_none() => Assert.Null(ChatTemplateFamilies.Choose(Samples.Qwen25, "").Thinking);

    private static string Ask(string template, string bos = "") => Text(ChatTemplateFamilies.Choose(template, bos).Render([new(ChatSide.User, "Q")]));

    private static string Text(IEnumerable<PromptSegment> prompt) => string.Concat(prompt.Select(segment => segment.Text));
}
