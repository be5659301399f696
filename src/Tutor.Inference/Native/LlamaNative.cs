using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tutor.Inference.Native;

/// <summary>The part of llama.cpp's C API (0.5.0, <c>include/llama.h</c>) that the engine uses, name for name.</summary>
/// <remarks>
/// Nothing here is safe to call with unchecked arguments: a failed native assertion ends the process, and so does a C++ exception that
/// reaches managed code. Only the handles and <see cref="NativeRuntime"/> call in, behind checks of their own.
/// </remarks>
internal static unsafe partial class LlamaNative
{
    public const string Llama = "llama";
    public const string Ggml = "ggml";
    public const string GgmlBase = "ggml-base";

    [LibraryImport(Llama)] public static partial byte* llama_version();
    [LibraryImport(Llama)] public static partial void llama_backend_init();
    [LibraryImport(Llama)] public static partial void llama_log_set(delegate* unmanaged[Cdecl]<int, byte*, void*, void> callback, void* userData);
    [LibraryImport(Llama)] public static partial NativeModelParams llama_model_default_params();
    [LibraryImport(Llama)] public static partial NativeContextParams llama_context_default_params();
    [LibraryImport(Llama)] public static partial nuint llama_max_parallel_sequences();

    [LibraryImport(Ggml, StringMarshalling = StringMarshalling.Utf8)] public static partial void ggml_backend_load_all_from_path(string directory);
    [LibraryImport(Ggml, StringMarshalling = StringMarshalling.Utf8)] public static partial nint ggml_backend_load(string path);
    [LibraryImport(Ggml)] public static partial nuint ggml_backend_dev_count();
    [LibraryImport(Ggml)] public static partial nint ggml_backend_dev_get(nuint index);
    [LibraryImport(GgmlBase)] public static partial byte* ggml_backend_dev_name(nint device);
    [LibraryImport(GgmlBase)] public static partial byte* ggml_backend_dev_description(nint device);
    [LibraryImport(GgmlBase)] public static partial int ggml_backend_dev_type(nint device);
    [LibraryImport(GgmlBase)] public static partial void ggml_backend_dev_memory(nint device, out nuint free, out nuint total);
    [LibraryImport(GgmlBase)] public static partial nint ggml_set_abort_callback(delegate* unmanaged[Cdecl]<byte*, void> callback);

    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)] public static partial ModelHandle llama_model_load_from_file(string path, NativeModelParams parameters);
    [LibraryImport(Llama)] public static partial void llama_model_free(nint model);
    [LibraryImport(Llama)] public static partial nint llama_model_get_vocab(ModelHandle model);
    [LibraryImport(Llama)] public static partial int llama_model_n_ctx_train(ModelHandle model);
    [LibraryImport(Llama)] public static partial int llama_model_n_embd_out(ModelHandle model);
    [LibraryImport(Llama)] public static partial ulong llama_model_size(ModelHandle model);
    [LibraryImport(Llama)] public static partial ulong llama_model_n_params(ModelHandle model);
    [LibraryImport(Llama)] public static partial byte* llama_model_chat_template(ModelHandle model, byte* name);
    [LibraryImport(Llama)][return: MarshalAs(UnmanagedType.U1)] public static partial bool llama_model_has_encoder(ModelHandle model);
    [LibraryImport(Llama)][return: MarshalAs(UnmanagedType.U1)] public static partial bool llama_model_has_decoder(ModelHandle model);
    [LibraryImport(Llama)][return: MarshalAs(UnmanagedType.U1)] public static partial bool llama_model_is_recurrent(ModelHandle model);
    [LibraryImport(Llama)][return: MarshalAs(UnmanagedType.U1)] public static partial bool llama_model_is_hybrid(ModelHandle model);
    [LibraryImport(Llama)][return: MarshalAs(UnmanagedType.U1)] public static partial bool llama_model_is_diffusion(ModelHandle model);

    [LibraryImport(Llama)] public static partial int llama_vocab_n_tokens(nint vocabulary);
    [LibraryImport(Llama)] public static partial int llama_vocab_type(nint vocabulary);
    [LibraryImport(Llama)] public static partial int llama_vocab_bos(nint vocabulary);
    [LibraryImport(Llama)] public static partial int llama_vocab_eos(nint vocabulary);
    [LibraryImport(Llama)] public static partial int llama_vocab_get_attr(nint vocabulary, int token);
    [LibraryImport(Llama)][return: MarshalAs(UnmanagedType.U1)] public static partial bool llama_vocab_get_add_bos(nint vocabulary);
    [LibraryImport(Llama)][return: MarshalAs(UnmanagedType.U1)] public static partial bool llama_vocab_is_eog(nint vocabulary, int token);
    [LibraryImport(Llama)] public static partial int llama_tokenize(nint vocabulary, byte* text, int length, int* tokens, int capacity, byte addSpecial, byte parseSpecial);
    [LibraryImport(Llama)] public static partial int llama_token_to_piece(nint vocabulary, int token, byte* buffer, int length, int leftStrip, byte special);

    [LibraryImport(Llama)] public static partial ContextHandle llama_init_from_model(ModelHandle model, NativeContextParams parameters);
    [LibraryImport(Llama)] public static partial void llama_free(nint context);
    [LibraryImport(Llama)] public static partial uint llama_n_ctx(ContextHandle context);
    [LibraryImport(Llama)] public static partial uint llama_n_batch(ContextHandle context);
    [LibraryImport(Llama)] public static partial nint llama_get_memory(ContextHandle context);
    [LibraryImport(Llama)] public static partial DecodeStatus llama_decode(ContextHandle context, NativeBatch batch);
    [LibraryImport(Llama)] public static partial float* llama_get_logits_ith(ContextHandle context, int index);
    [LibraryImport(Llama)] public static partial float* llama_get_embeddings_seq(ContextHandle context, int sequence);
    [LibraryImport(Llama)] public static partial NativeBatch llama_batch_init(int tokens, int embedding, int sequences);
    [LibraryImport(Llama)] public static partial void llama_batch_free(NativeBatch batch);

    [LibraryImport(Llama)] public static partial void llama_memory_clear(nint memory, byte data);
    [LibraryImport(Llama)][return: MarshalAs(UnmanagedType.U1)] public static partial bool llama_memory_seq_rm(nint memory, int sequence, int from, int to);
    [LibraryImport(Llama)] public static partial void llama_memory_seq_cp(nint memory, int source, int target, int from, int to);
    [LibraryImport(Llama)] public static partial int llama_memory_seq_pos_max(nint memory, int sequence);

    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)] public static partial AdapterHandle llama_adapter_lora_init(ModelHandle model, string path);
    [LibraryImport(Llama)] public static partial void llama_adapter_lora_free(nint adapter);
    [LibraryImport(Llama)] public static partial int llama_set_adapters_lora(ContextHandle context, nint* adapters, nuint count, float* scales);

    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)] public static partial GrammarHandle llama_sampler_init_grammar(nint vocabulary, string grammar, string root);
    [LibraryImport(Llama)] public static partial void llama_sampler_apply(GrammarHandle sampler, NativeTokenDataArray* candidates);
    [LibraryImport(Llama)] public static partial void llama_sampler_accept(GrammarHandle sampler, int token);
    [LibraryImport(Llama)] public static partial void llama_sampler_free(nint sampler);

    // .NET keeps an environment of its own; what native code reads with getenv must be put into the process's.
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] public static partial int setenv(string name, string value, int overwrite);

    public static string Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8) ?? "";
}
