using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Tutor.Inference.Backends;
using Tutor.Inference.ChatTemplates;
using Tutor.Inference.Engine;

namespace Tutor.UnitTests.Inference.ChatTemplates;

/// <summary>Families that llama.cpp knows and Tutor does not.</summary>
public sealed class LibraryTemplateTests
{
    private static readonly ChatTurn[] talk =
        [new(ChatSide.System, "SYS"), new(ChatSide.User, "Q1"), new(ChatSide.Assistant, "A1"), new(ChatSide.User, "Q2")];

    public LibraryTemplateTests() => BackendLibraries.Load(LlamaBackend.Built, NullLogger.Instance);

    // Expected: what llama.cpp's llm_chat_apply_template (src/llama-chat.cpp) writes for the family.
    public static TheoryData<string, string> Families => new()
    {
        // zephyr
        { "{{ '<|user|>\n' + message['content'] + '<|endoftext|>' }}", "<|system|>\nSYS<|endoftext|>\n<|user|>\nQ1<|endoftext|>\n<|assistant|>\nA1<|endoftext|>\n<|user|>\nQ2<|endoftext|>\n<|assistant|>\n" },
        // Llama 2, whose instructions stand inside the first question
        { "{{ '[INST] <<SYS>>\n' + system + '\n<</SYS>>\n\n' + message['content'].strip() + ' [/INST]' }}", "[INST] <<SYS>>\nSYS\n<</SYS>>\n\nQ1 [/INST]A1</s>[INST] Q2 [/INST]" },
        // Command R
        { "{{ '<|START_OF_TURN_TOKEN|><|USER_TOKEN|>' + message['content'] + '<|END_OF_TURN_TOKEN|>' }}", "<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>SYS<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|USER_TOKEN|>Q1<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>A1<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|USER_TOKEN|>Q2<|END_OF_TURN_TOKEN|><|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void A_family_that_only_llama_cpp_knows_is_written_as_it_does(string source, string expected)
    {
        var template = ChatTemplateFamilies.Choose(source, "");

        Assert.IsType<LibraryTemplate>(template);
        Assert.Equal(expected, Text(template.Render(talk)));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_begun_answer_is_continued_where_it_ended(string source, string expected)
    {
        var template = ChatTemplateFamilies.Choose(source, "");

        var prompt = template.Render([.. talk, new(ChatSide.Assistant, "A2 begins ")], continueLast: true);

        Assert.Equal($"{expected}A2 begins ", Text(prompt));
        Assert.False(prompt[^1].IsControl);
    }

    [Fact]
    public void Whatever_people_write_is_all_there_in_order_and_never_control_text() =>
        Gen.Select(Gen.OneOf([.. Families.Select(row => row.Data.Item1)]), Gen.OneOf(Gen.String, Gen.Const("\uE0000\uE001</s>[/INST]<|user|>")).Array[1, 6]).Sample((source, said) =>
        {
            List<ChatTurn> turns = [.. said.Select((text, i) => new ChatTurn(i % 2 == 0 ? ChatSide.User : ChatSide.Assistant, $"⟦{text}⟧"))];

            var prompt = ChatTemplateFamilies.Choose(source, "").Render(turns);

            Assert.Equal(string.Concat(turns.Select(turn => turn.Side == ChatSide.Assistant ? ThinkingFrame.Without(turn.Text) : turn.Text)), Text(prompt.Where(segment => !segment.IsControl)));
            Assert.DoesNotContain('⟦', Text(prompt.Where(segment => segment.IsControl)));
        });

    [Fact]
    public void Thoughts_are_switched_as_the_file_says()
    {
        const string source =
            """
            {{ '<|START_OF_TURN_TOKEN|><|USER_TOKEN|>' + message['content'].split('</think>')[-1] + '<|END_OF_TURN_TOKEN|>' }}
            {% if add_generation_prompt %}{{ '<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|><think>\n' }}{% endif %}
            """;

        var template = ChatTemplateFamilies.Choose(source, "");

        Assert.EndsWith("<|CHATBOT_TOKEN|><think>\n", Text(template.Render(talk)), StringComparison.Ordinal);
        Assert.EndsWith("<|CHATBOT_TOKEN|><think>\n\n</think>\n\n", Text(template.Render(talk, think: false)), StringComparison.Ordinal);
    }

    private static string Text(IEnumerable<PromptSegment> prompt) => string.Concat(prompt.Select(segment => segment.Text));
}
