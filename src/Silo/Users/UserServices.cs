using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Storage.Users;

namespace Scheduler.Silo.Users;

/// <summary>Wires everything about users. Needs <see cref="Storage.IDatabase"/> and <see cref="TimeProvider"/>.</summary>
internal static class UserServices
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddOptions<UserOptions>().BindConfiguration(UserOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        return services
            .AddSingleton<UserStore>()
            .AddSingleton<UserList>()
            .AddSingleton<UserBook>()
            .AddSingleton<SessionStore>()
            .AddSingleton<Passwords>()
            .AddSingleton<LoginThrottle>()
            .AddSingleton<UserAdministration>()
            .AddSingleton<UserImport>()
            .AddSingleton<FirstAdmin>()
            .AddSingleton<IUserDirectory, UserDirectory>()
            .AddSingleton<ISessions, Sessions>();
    }
}
