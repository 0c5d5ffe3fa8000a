using Scheduler.Api.Azkaban.Executor;
using Scheduler.Api.Azkaban.Index;
using Scheduler.Api.Azkaban.Manager;

namespace Scheduler.Api.Azkaban;

/// <summary>The routes of Azkaban. Paths are exact: case counts, and <c>/manager/</c> is not <c>/manager</c>.</summary>
internal sealed class Routes(IndexServlet index, ManagerServlet manager, ExecutorServlet executor)
{
    private readonly Servlet root = new RootServlet();
    private readonly Servlet commandless = new CommandlessServlet();

    public Servlet Find(string path) => path switch
    {
        "/index" => index,
        "/manager" => manager,
        "/executor" => executor,
        "/schedule" or "/triggers" or "/flowtrigger" or "/flowtriggerinstance" or "/history" or "/notes" or "/jmx" or "/stats"
            => commandless,
        _ => root,
    };
}
