using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scheduler.Contracts;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Silo.Secrets;

/// <summary>
/// Encrypts secrets for the database and back, with ASP.NET Core Data Protection and keys that all processes on the database share. What
/// was protected for one name cannot be read under another, so rows that are exchanged give nothing.
/// </summary>
internal sealed class SecretProtection(IXmlRepository keys, IOptions<SecretOptions> options) : IDisposable
{
    /// <summary>Part of every ciphertext; never change it.</summary>
    private const string ApplicationName = "scheduler";

    private readonly Lock turn = new();
    private ServiceProvider? current;

    /// <param name="kind">What is protected: <c>secret</c> or <c>datasource</c>. Part of the ciphertext.</param>
    /// <param name="name">Whose it is. Part of the ciphertext.</param>
    /// <param name="value">Of any length.</param>
    public byte[] Protect(string kind, string name, string value) => ProtectorOf(Current, kind, name).Protect(Encoding.UTF8.GetBytes(value));

    /// <exception cref="UnreadableSecretException">The keys here are not those it was protected with.</exception>
    public string Unprotect(string kind, string name, byte[] value)
    {
        var provider = Current;
        try
        {
            return TryUnprotect(provider, kind, name, value);
        }
        catch (CryptographicException)
        {
            // Keys are read once a day. Another process may have made one since.
            Forget(provider);
        }

        try
        {
            return TryUnprotect(Current, kind, name, value);
        }
        catch (CryptographicException exception)
        {
            throw exception.GetBaseException() is StorageUnavailableException away
                ? away
                : new UnreadableSecretException(
                    $"'{name}' cannot be decrypted with the keys in the database; restore them, or set it anew.", exception);
        }
    }

    public void Dispose() => current?.Dispose();

    private ServiceProvider Current
    {
        get
        {
            lock (turn) return current ??= Build();
        }
    }

    private void Forget(ServiceProvider provider)
    {
        lock (turn)
            if (current == provider) current = null;
    }

    private static string TryUnprotect(ServiceProvider provider, string kind, string name, byte[] value) =>
        Encoding.UTF8.GetString(ProtectorOf(provider, kind, name).Unprotect(value));

    private static IDataProtector ProtectorOf(ServiceProvider provider, string kind, string name) =>
        provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("Scheduler", kind, name);

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        var protection = services.AddDataProtection().SetApplicationName(ApplicationName);
        if (KeyCertificate.Read(options.Value) is { } certificate) protection.ProtectKeysWithCertificate(certificate);
        else CheckThatKeysArePlain();
        services.Configure<KeyManagementOptions>(management => management.XmlRepository = keys);
        return services.BuildServiceProvider();
    }

    /// <summary>Without a certificate, keys that one protects are of no use, and new ones beside them would undo what it is for.</summary>
    private void CheckThatKeysArePlain()
    {
        if (keys.GetAllElements().Any(key => key.Descendants().Any(element => element.Name.LocalName == "EncryptedData")))
            throw new UnreadableSecretException(
                "The keys in the database are protected with a certificate: set "
                + $"{SecretOptions.Section}:{nameof(SecretOptions.KeyCertificate)} as on the other processes.");
    }
}

/// <summary>A secret is there and cannot be decrypted. Its message may be shown to anybody.</summary>
internal sealed class UnreadableSecretException(string message, Exception? inner = null) : Exception(message, inner);
