using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Silo.Secrets;

/// <summary>Reads the certificate that protects the keys. A file that begins with <c>-----</c> is PEM, any other PKCS #12.</summary>
internal static class KeyCertificate
{
    /// <returns>Null when none is set.</returns>
    /// <exception cref="CryptographicException">The file is none, its password is wrong, or it has no private key.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static X509Certificate2? Read(SecretOptions options)
    {
        if (options.KeyCertificate is not { Length: > 0 } path) return null;

        var certificate = IsPem(path)
            ? ReadPem(path, options.KeyCertificatePassword)
            : X509CertificateLoader.LoadPkcs12FromFile(path, options.KeyCertificatePassword);
        return certificate.HasPrivateKey ? certificate : throw new CryptographicException("it has no private key");
    }

    private static bool IsPem(string path)
    {
        using var reader = new StreamReader(path);
        return reader.Peek() == '-';
    }

    private static X509Certificate2 ReadPem(string path, string? password) => password is null
        ? X509Certificate2.CreateFromPemFile(path)
        : X509Certificate2.CreateFromEncryptedPemFile(path, password);
}

/// <summary>A process must not start without the certificate it is told to use.</summary>
internal sealed class SecretOptionsValidator : IValidateOptions<SecretOptions>
{
    public ValidateOptionsResult Validate(string? name, SecretOptions options)
    {
        try
        {
            using var certificate = KeyCertificate.Read(options);
            return ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail(
                $"{SecretOptions.Section}:{nameof(options.KeyCertificate)} cannot be used, '{options.KeyCertificate}': {exception.Message}");
        }
    }
}
