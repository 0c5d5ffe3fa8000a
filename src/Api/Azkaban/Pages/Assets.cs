using System.Reflection;
using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;

namespace Scheduler.Api.Azkaban.Pages;

/// <summary>The two files the pages load. They are part of the program and served without login.</summary>
internal static class Assets
{
    private static readonly IResult Script = Load("login.js", "text/javascript;charset=utf-8");
    private static readonly IResult Style = Load("scheduler.css", "text/css;charset=utf-8");

    /// <summary>Null when the path belongs to no file.</summary>
    public static IResult? Find(string path) => path switch
    {
        "/js/azkaban/view/login.js" => Script,
        "/css/scheduler.css" => Style,
        _ => null,
    };

    private static BytesReply Load(string name, string contentType)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not part of the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new(bytes.ToArray(), contentType);
    }
}
