using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tutor.WebTests.SignIn.Provider;

/// <summary>A certificate authority of a test's own, with one certificate for this machine. Processes trust it as they trust any other: by <c>SSL_CERT_FILE</c>.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string Password = "test";
    private readonly string folder = Directory.CreateTempSubdirectory("tutor-authority-").FullName;
    private readonly X509Certificate2 root;

    public TestAuthority()
    {
        using var rootKey = RSA.Create(2048);
        var request = new CertificateRequest("CN=Tutor test authority", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        Certificate = Issue();
        File.WriteAllText(RootFile, root.ExportCertificatePem());
        File.WriteAllBytes(CertificateFile, Certificate.Export(X509ContentType.Pfx, Password));
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Settings of a portal that speaks TLS with a certificate of this authority and trusts the others it issued.</summary>
    public Dictionary<string, string> PortalSettings() => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production", ["ASPNETCORE_URLS"] = "https://127.0.0.1:0", ["SSL_CERT_FILE"] = RootFile,
        ["Kestrel:Certificates:Default:Path"] = CertificateFile, ["Kestrel:Certificates:Default:Password"] = Password,
    };

    /// <summary>A connection that trusts this authority alone, and leaves redirects and cookies to its user.</summary>
    public SocketsHttpHandler Handler(CookieContainer? cookies = null) => new()
    {
        AllowAutoRedirect = false, UseCookies = cookies is not null, CookieContainer = cookies ?? new CookieContainer(),
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };

    public void Dispose()
    {
        root.Dispose();
        Certificate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string RootFile => Path.Combine(folder, "root.pem");

    private string CertificateFile => Path.Combine(folder, "machine.pfx");

    private X509Certificate2 Issue()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var signed = request.Create(root, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(16));
        using var withKey = signed.CopyWithPrivateKey(key);
        // Kestrel wants a key that outlives this method.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx, Password), Password, X509KeyStorageFlags.Exportable);
    }
}
