using System.ComponentModel.DataAnnotations;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Http;

/// <summary>What an <c>http</c> node says.</summary>
public sealed class HttpSettings
{
    [Setting("URL", "网址", Description = "With http:// or https://. May hold references to secrets.", DescriptionZh = "以 http:// 或 https:// 开头,可以引用密钥。")]
    public required string Url { get; init; }

    [Setting("Method", "方法")]
    [AllowedValues("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")]
    public string Method { get; init; } = "GET";

    [Setting("Headers", "请求头", Description = "One property per header: header.accept. May hold references to secrets.", DescriptionZh = "每个请求头一个属性,例如 header.accept,可以引用密钥。")]
    public IReadOnlyDictionary<string, string> Header { get; init; } = new Dictionary<string, string>();

    [Setting("Body", "请求体", Widget = Widgets.Text, Description = "JSON unless header.content-type says otherwise. May hold references to secrets.",
        DescriptionZh = "默认为 JSON,除非 header.content-type 另有说明。可以引用密钥。")]
    public string? Body { get; init; }

    [Setting("Body from a file", "请求体文件", Widget = Widgets.PackageFile, Description = "A file of the package, sent as it is.", DescriptionZh = "包内的文件,原样发送。")]
    public string? BodyFile { get; init; }

    [Setting("Expected status", "期望状态码", Description = "Numbers and classes such as 200, 404, 2xx.", DescriptionZh = "状态码或类别,例如 200, 404, 2xx。")]
    public IReadOnlyList<string> ExpectedStatus { get; init; } = ["2xx"];

    [Setting("Time-out", "超时", Description = "Of one request, until its answer is read.", DescriptionZh = "一次请求(直到读完应答)的时限。")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    [Setting("Idempotency header", "幂等请求头",
        Description = "The header that carries the idempotency key, the same for all attempts of the node; empty for none.",
        DescriptionZh = "携带幂等键的请求头,同一节点的所有尝试相同;留空则不发送。")]
    public string IdempotencyHeader { get; init; } = "Idempotency-Key";

    [Setting("Outputs", "输出", Description = "One property per output: output.id=/data/0/id takes that value of the JSON answer (RFC 6901).",
        DescriptionZh = "每个输出一个属性:output.id=/data/0/id 取 JSON 应答中的该值(RFC 6901)。")]
    public IReadOnlyDictionary<string, string> Output { get; init; } = new Dictionary<string, string>();

    [Setting("Wait until", "等待条件", Description = "A place in the JSON answer (RFC 6901). The request is repeated until wait.value stands there.",
        DescriptionZh = "JSON 应答中的位置(RFC 6901)。重复请求,直到该处为 wait.value。")]
    public string? WaitUntil { get; init; }

    [Setting("Values that end the wait", "等待的值", Description = "Any of them; 'true' when none is given.", DescriptionZh = "任一值即可;未给出时为 true。")]
    public IReadOnlyList<string> WaitValue { get; init; } = ["true"];

    [Setting("Values that fail", "失败的值", Description = "Any of them fails the attempt at once.", DescriptionZh = "出现任一值时立即失败。")]
    public IReadOnlyList<string> WaitFailed { get; init; } = [];

    [Setting("Between two checks", "检查间隔", Description = "From a second to a day. No slot is taken meanwhile.", DescriptionZh = "一秒到一天,期间不占用槽位。")]
    public TimeSpan WaitInterval { get; init; } = TimeSpan.FromSeconds(30);
}
