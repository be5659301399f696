using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Tutor.Data.Keys;

/// <summary>Encrypts the secret part of a key with AES-256-GCM under the installation's own secret.</summary>
internal sealed class KeyEncryptor(byte[] secret) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var text = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var sealedText = new byte[KeyDecryptor.Nonce + text.Length + KeyDecryptor.Tag];
        var nonce = sealedText.AsSpan(0, KeyDecryptor.Nonce);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(secret, KeyDecryptor.Tag);
        aes.Encrypt(nonce, text, sealedText.AsSpan(KeyDecryptor.Nonce, text.Length), sealedText.AsSpan(^KeyDecryptor.Tag..));
        return new EncryptedXmlInfo(new XElement("aes256gcm", Convert.ToBase64String(sealedText)), typeof(KeyDecryptor));
    }
}
