using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Scheduler.Api.Azkaban.Wire;

namespace Scheduler.Api.Tests.Azkaban.Wire;

public sealed class AzkabanJsonTests
{
    [Fact]
    public void A_member_has_a_space_on_both_sides_of_its_colon_and_nothing_follows_the_last_brace() =>
        Assert.Equal("{\n  \"error\" : \"session\"\n}", Print(new JsonObject { ["error"] = "session" }));

    [Fact]
    public void An_empty_object_takes_two_lines_and_an_empty_array_one()
    {
        Assert.Equal("{\n}", Print(new JsonObject()));
        Assert.Equal("{\n  \"a\" : [ ],\n  \"b\" : {\n  }\n}", Print(new JsonObject { ["a"] = new JsonArray(), ["b"] = new JsonObject() }));
    }

    [Fact]
    public void Arrays_stay_on_the_line_and_do_not_indent_what_is_in_them() =>
        Assert.Equal(
            """
            {
              "list" : [ {
                "n" : 1,
                "inner" : [ 1, 2 ]
              }, {
                "n" : null
              } ],
              "texts" : [ "a", "b" ],
              "deep" : [ [ 1 ], [ {
                "x" : true
              } ] ]
            }
            """,
            Print(JsonNode.Parse("""{"list":[{"n":1,"inner":[1,2]},{"n":null}],"texts":["a","b"],"deep":[[1],[{"x":true}]]}""")!));

    [Fact]
    public void The_compact_writer_adds_no_white_space() =>
        Assert.Equal(
            """{"status":"error","message":"Invalid Session. Need to re-login","list":[1,{}]}""",
            Print(JsonNode.Parse("""{"status": "error", "message": "Invalid Session. Need to re-login", "list": [1, {}]}""")!, pretty: false));

    [Fact]
    public void Only_what_json_demands_is_escaped() =>
        Assert.Equal(
            """
            {
              "<é中😀'&/>" : "\"\\\b\f\n\r\t\u0001\u001B"
            }
            """,
            Print(new JsonObject { ["<é中😀'&/>"] = "\"\\\b\f\n\r\t\u0001\u001b" }));

    [Fact]
    public void Any_text_and_number_is_read_back_as_it_was() =>
        Gen.Select(Gen.String, Gen.Long, Gen.Bool).Sample((text, number, truth) =>
        {
            // A lone half of a surrogate pair is no text; it becomes the replacement character.
            var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            foreach (var pretty in new[] { true, false })
            {
                var read = JsonDocument.Parse(Print(new JsonObject { ["t"] = valid, ["n"] = number, ["b"] = truth }, pretty)).RootElement;
                Assert.Equal(valid, read.GetProperty("t").GetString());
                Assert.Equal(number, read.GetProperty("n").GetInt64());
                Assert.Equal(truth, read.GetProperty("b").GetBoolean());
            }
        });

    [Fact]
    public void Depth_costs_no_stack()
    {
        var root = new JsonArray();
        var inner = root;
        for (var depth = 0; depth < 5_000; depth++)
        {
            var next = new JsonArray();
            inner.Add((JsonNode)next);
            inner = next;
        }

        Assert.Equal(string.Concat(Enumerable.Repeat("[", 5_001)) + string.Concat(Enumerable.Repeat("]", 5_001)), Print(root, pretty: false));
    }

    private static string Print(JsonNode node, bool pretty = true)
    {
        var bytes = new ArrayBufferWriter<byte>();
        AzkabanJson.Write(bytes, node, pretty);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
