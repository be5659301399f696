namespace Tutor.UnitTests.Inference.ChatTemplates;

/// <summary>Template texts with the marks that tell the families apart, written for these tests in the way model files have them.</summary>
internal static class Samples
{
    public const string Qwen25 =
        """
        {%- if messages[0]['role'] != 'system' %}{{- '<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n' }}{%- endif %}
        {%- for m in messages %}{{- '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{%- endfor %}
        {%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}{%- endif %}
        """;

    public const string Qwen3 =
        """
        {%- for m in messages %}{%- set content = m.content.split('</think>')[-1] %}{{- '<|im_start|>' + m.role + '\n' + content + '<|im_end|>\n' }}{%- endfor %}
        {%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}
        {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\n\n</think>\n\n' }}{%- endif %}{%- endif %}
        """;

    public const string Qwen3Thinking =
        """
        {%- for m in messages %}{%- set content = m.content.split('</think>')[-1] %}{{- '<|im_start|>' + m.role + '\n' + content + '<|im_end|>\n' }}{%- endfor %}
        {%- if add_generation_prompt %}{{- '<|im_start|>assistant\n<think>\n' }}{%- endif %}
        """;

    public const string Llama31 =
        """
        {{- bos_token }}{%- if not date_string is defined %}{%- set date_string = "26 Jul 2024" %}{%- endif %}
        {{- "<|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: " + date_string + "\n\n" + system + "<|eot_id|>" }}
        """;

    public const string Gemma3 = "{{ bos_token }}{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}";
    public const string MistralV01 = "{{ bos_token }}{% for m in messages %}{{ '[INST] ' + m['content'] + ' [/INST]' }}{{ m['content'] + eos_token }}{% endfor %}";
    public const string MistralV03 = """{{- bos_token }}{{- "[INST] " + message["content"] + "[/INST]" }}{{- " " + message["content"] + eos_token}}""";
    public const string MistralNemo = """{{- bos_token }}{{- "[INST]" + message["content"] + "[/INST]" }}{{- message["content"] + eos_token}}""";
    public const string MistralLarge = """{{- bos_token }}{{- "[SYSTEM_PROMPT] " + system + "[/SYSTEM_PROMPT]" }}{{- "[INST] " + content + "[/INST]" }}""";
    public const string MistralSmall = """{{- bos_token }}{{- '[SYSTEM_PROMPT]' + system + '[/SYSTEM_PROMPT]' }}{{- '[INST]' + content + '[/INST]' }}""";
    public const string Phi35 = "{{'<|user|>\n' + message['content'] + '<|end|>\n'}}{{ '<|assistant|>\n' }}";
    public const string Phi4Mini = "{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}{{ '<|assistant|>' }}";
    public const string Phi4 = "{{'<|im_start|>user<|im_sep|>' + message['content'] + '<|im_end|>'}}{{ '<|im_start|>assistant<|im_sep|>' }}";
    public const string DeepSeekR1 = "{{bos_token}}{{'<｜User｜>' + message['content']}}{% if add_generation_prompt %}{{'<｜Assistant｜><think>\\n'}}{% endif %}";
}
