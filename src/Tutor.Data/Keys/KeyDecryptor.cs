using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Tutor.Data.Keys;

/// <summary>Reads what <see cref="KeyEncryptor"/> wrote. Rows of the database name this type: it keeps its name and its constructor.</summary>
public sealed class KeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    internal const int Nonce = 12, Tag = 16;

    public XElement Decrypt(XElement encryptedElement)
    {
        var secret = services.GetRequiredService<KeySecret>().Bytes
            ?? throw new CryptographicException("The keys of sign-ins are encrypted, and neither DataProtection:Key nor DataProtection:KeyFile is set.");
        var sealedText = Convert.FromBase64String(encryptedElement.Value).AsSpan();
        var text = new byte[sealedText.Length - Nonce - Tag];
        using var aes = new AesGcm(secret, Tag);
        aes.Decrypt(sealedText[..Nonce], sealedText[Nonce..^Tag], sealedText[^Tag..], text);
        return XElement.Parse(Encoding.UTF8.GetString(text));
    }
}
