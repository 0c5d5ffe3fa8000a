using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Secrets;
using Scheduler.Silo.Secrets;
using Scheduler.Silo.Tests.Storage;

namespace Scheduler.Silo.Tests.Secrets;

public sealed class SqliteSecretTests(SqliteStorage storage) : SecretTests<SqliteStorage>(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlSecretTests(PostgreSqlStorage storage) : SecretTests<PostgreSqlStorage>(storage), IClassFixture<PostgreSqlStorage>;

public abstract class SecretTests<TStorage>(TStorage storage) : SecretSuite(storage)
    where TStorage : StorageFixture, new()
{
    [Fact]
    public async Task A_secret_is_stored_encrypted_with_its_audit_row()
    {
        var name = NewName();
        AssertDone(await Server.Secrets.SetAsync(name, "correct horse", "root", default));

        var stored = Assert.Single(await QueryAsync<byte[]>("SELECT protected_value FROM secret WHERE name = @name", new { name }));
        Assert.DoesNotContain("horse", Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        Assert.Equal("correct horse", Server.Protection.Unprotect("secret", name, stored));
        var told = Assert.Single(await QueryAsync<string>("SELECT message FROM user_event WHERE message LIKE @like", new { like = $"%{name}%" }));
        Assert.Equal($"secret {name} set", told);
    }

    [Fact]
    public void What_was_encrypted_for_one_name_is_of_no_use_under_another()
    {
        var value = Server.Protection.Protect("secret", "mine", "correct horse");

        Assert.Throws<UnreadableSecretException>(() => Server.Protection.Unprotect("secret", "yours", value));
        Assert.Throws<UnreadableSecretException>(() => Server.Protection.Unprotect("datasource", "mine", value));
    }

    [Fact]
    public void Processes_share_the_keys_also_when_each_has_made_one_at_the_same_time()
    {
        using var other = new SecretServer(Storage.Silo.Database);
        var mine = Server.Protection.Protect("secret", "a", "one of mine");
        var theirs = other.Protection.Protect("secret", "a", "one of theirs");

        Assert.Equal("one of theirs", Server.Protection.Unprotect("secret", "a", theirs));
        Assert.Equal("one of mine", other.Protection.Unprotect("secret", "a", mine));
    }

    [Fact]
    public async Task A_new_value_keeps_the_grants()
    {
        var (name, project) = (NewName(), await NewProjectAsync());
        await Server.Secrets.SetAsync(name, "correct horse", "root", default);
        AssertDone(await Server.Secrets.GrantAsync(name, project.Name.ToUpperInvariant(), "root", default));
        AssertDone(await Server.Secrets.GrantAsync(name, project.Name, "root", default));

        await Server.Secrets.SetAsync(name, "battery staple", "ada", default);

        var entry = await FindAsync(name);
        Assert.Equal((project.Name, "ada"), (Assert.Single(entry!.Projects), entry.ModifiedBy));
        AssertDone(await Server.Secrets.RevokeAsync(name, project.Name, "root", default));
        Assert.Empty((await FindAsync(name))!.Projects);
    }

    [Fact]
    public async Task A_deleted_project_is_not_listed_and_its_name_gives_nobody_its_grants()
    {
        var (name, project) = (NewName(), await NewProjectAsync());
        await Server.Secrets.SetAsync(name, "correct horse", "root", default);
        await Server.Secrets.GrantAsync(name, project.Name, "root", default);

        await DeleteProjectAsync(project);

        Assert.Empty((await FindAsync(name))!.Projects);
        AssertDone(await Server.Secrets.DeleteAsync(name, "root", default));
        Assert.Null(await FindAsync(name));
    }

    [Fact]
    public async Task What_does_not_exist_is_named()
    {
        var name = NewName();
        await Server.Secrets.SetAsync(name, "correct horse", "root", default);

        var unknown = Assert.IsType<ChangeResult.Unknown>(await Server.Secrets.GrantAsync("nothing", "p", "root", default));
        Assert.Equal("secret.unknown", unknown.Fault.Code);
        Assert.Equal("project.unknown", Assert.IsType<ChangeResult.Unknown>(await Server.Secrets.GrantAsync(name, "nothing", "root", default)).Fault.Code);
        Assert.IsType<ChangeResult.Unknown>(await Server.Secrets.DeleteAsync("nothing", "root", default));
        var invalid = Assert.IsType<ChangeResult.Invalid>(await Server.Secrets.SetAsync("A", "abc", "root", default));
        Assert.Equal(["secret.invalid-name", "secret.invalid-value"], invalid.Faults.Select(fault => fault.Code));
    }

    [Fact]
    public async Task A_long_list_comes_in_parts()
    {
        var front = NewName();
        for (var i = 0; i < 5; i++) await Server.Secrets.SetAsync($"{front}.{i}", "correct horse", "root", default);

        var first = await Server.Secrets.ListAsync($"{front}", 3, default);
        var second = await Server.Secrets.ListAsync(first.Next, 2, default);

        Assert.Equal([$"{front}.0", $"{front}.1", $"{front}.2"], first.Items.Select(entry => entry.Name));
        Assert.Equal([$"{front}.3", $"{front}.4"], second.Items.Select(entry => entry.Name));
    }

    [Fact]
    public async Task A_certificate_protects_the_keys_and_without_it_they_are_of_no_use()
    {
        var own = new TStorage();
        await own.InitializeAsync();
        using var folder = new CertificateFolder();
        var (name, pem) = (NewName(), folder.WritePem());
        byte[] value;
        using (var server = new SecretServer(own.Silo.Database, options => options.KeyCertificate = pem))
            value = server.Protection.Protect("secret", name, "correct horse");

        using var again = new SecretServer(own.Silo.Database, options => options.KeyCertificate = pem);
        using var without = new SecretServer(own.Silo.Database);

        Assert.Equal("correct horse", again.Protection.Unprotect("secret", name, value));
        var fault = Assert.Throws<UnreadableSecretException>(() => without.Protection.Protect("secret", name, "x"));
        Assert.Contains("set Secrets:KeyCertificate", fault.Message, StringComparison.Ordinal);
        await own.DisposeAsync();
    }

    [Fact]
    public void A_certificate_that_cannot_be_used_is_told_of_before_anything_starts()
    {
        using var folder = new CertificateFolder();
        using var missing = new SecretServer(Storage.Silo.Database, options => options.KeyCertificate = "/nowhere.pem");
        using var wrong = new SecretServer(
            Storage.Silo.Database, options => (options.KeyCertificate, options.KeyCertificatePassword) = (folder.WritePfx("right"), "wrong"));

        var fault = Assert.Throws<OptionsValidationException>(() => missing.Protection.Protect("secret", "x", "correct horse"));
        Assert.Contains("Secrets:KeyCertificate cannot be used", fault.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(() => wrong.Protection.Protect("secret", "x", "correct horse"));
    }

    private async Task<SecretEntry?> FindAsync(string name)
    {
        var page = await Server.Secrets.ListAsync(name[..^1], 100, default);
        return page.Items.SingleOrDefault(entry => entry.Name == name);
    }

    private sealed class CertificateFolder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-test-");

        public string WritePem() => Write("key.pem", certificate =>
            Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n" + certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n"));

        public string WritePfx(string password) => Write("key.pfx", certificate => certificate.Export(X509ContentType.Pkcs12, password));

        public void Dispose() => folder.Delete(recursive: true);

        private string Write(string name, Func<X509Certificate2, byte[]> content)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllBytes(path, content(certificate));
            return path;
        }
    }
}
