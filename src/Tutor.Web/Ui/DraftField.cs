namespace Tutor.Web.Ui;

/// <summary>One field of a draft that the browser can post by itself.</summary>
/// <param name="Url">Where to; editors of the same address are posted together.</param>
public sealed record DraftField(string Url, string Field);
