using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tutor.WebTests.SignIn.Provider;

/// <summary>A signed token taken apart, to be put together again in ways that must or must not be accepted.</summary>
public sealed class IdToken
{
    private readonly string[] parts;

    public IdToken(string token)
    {
        parts = token.Split('.');
        Header = Read(parts[0]);
        Payload = Read(parts[1]);
    }

    private IdToken(JsonObject header, JsonObject payload) => (parts, Header, Payload) = (["", "", ""], header, payload);

    /// <summary>One that is still to be signed.</summary>
    public static IdToken Of(JsonObject header, JsonObject payload) => new(header, payload);

    public JsonObject Header { get; }

    public JsonObject Payload { get; }

    public IdToken With(Action<JsonObject> change)
    {
        change(Payload);
        return this;
    }

    public string SignedBy(RSA key, string algorithm = "RS256")
    {
        Header["alg"] = algorithm;
        var hash = algorithm switch { "RS256" => HashAlgorithmName.SHA256, "RS384" => HashAlgorithmName.SHA384, _ => throw new ArgumentException(algorithm, nameof(algorithm)) };
        return $"{Text()}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(Text()), hash, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>The trick of signing with what everybody knows: the public key, taken for the secret of an HMAC.</summary>
    public string SignedByHmac(string secret)
    {
        Header["alg"] = "HS256";
        return $"{Text()}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(Text())))}";
    }

    /// <summary>The changed content under the signature of the old one.</summary>
    public string WithOldSignature() => $"{Text()}.{parts[2]}";

    public string WithoutSignature() => $"{Text()}.";

    private string Text() => $"{Write(Header)}.{Write(Payload)}";

    private static JsonObject Read(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    private static string Write(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
